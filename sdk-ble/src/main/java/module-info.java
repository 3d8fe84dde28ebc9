/** Bluetooth Low Energy: profiles, procedures, drivers, and an air full of virtual devices. */
module org.openiomt.ble {
    requires transitive org.openiomt.core;
    requires org.freedesktop.dbus;
    requires org.slf4j;

    exports org.openiomt.ble;
    exports org.openiomt.ble.advertising;
    exports org.openiomt.ble.bluez;
    exports org.openiomt.ble.driver;
    exports org.openiomt.ble.gatt;
    exports org.openiomt.ble.procedure;
    exports org.openiomt.ble.profile;
    exports org.openiomt.ble.profile.activity;
    exports org.openiomt.ble.profile.alert;
    exports org.openiomt.ble.profile.authorization;
    exports org.openiomt.ble.profile.battery;
    exports org.openiomt.ble.profile.binarysensor;
    exports org.openiomt.ble.profile.bloodpressure;
    exports org.openiomt.ble.profile.bond;
    exports org.openiomt.ble.profile.continuousglucose;
    exports org.openiomt.ble.profile.controlpoint;
    exports org.openiomt.ble.profile.cyclingpower;
    exports org.openiomt.ble.profile.deviceinformation;
    exports org.openiomt.ble.profile.devicetime;
    exports org.openiomt.ble.profile.emergency;
    exports org.openiomt.ble.profile.environment;
    exports org.openiomt.ble.profile.fitness;
    exports org.openiomt.ble.profile.glucose;
    exports org.openiomt.ble.profile.healthsensor;
    exports org.openiomt.ble.profile.heartrate;
    exports org.openiomt.ble.profile.insulin;
    exports org.openiomt.ble.profile.location;
    exports org.openiomt.ble.profile.objecttransfer;
    exports org.openiomt.ble.profile.positioning;
    exports org.openiomt.ble.profile.pulseoximeter;
    exports org.openiomt.ble.profile.reconnection;
    exports org.openiomt.ble.profile.recordaccess;
    exports org.openiomt.ble.profile.speedcadence;
    exports org.openiomt.ble.profile.thermometer;
    exports org.openiomt.ble.profile.time;
    exports org.openiomt.ble.profile.userdata;
    exports org.openiomt.ble.profile.weight;
    exports org.openiomt.ble.quirk;
    exports org.openiomt.ble.virtual;
    exports org.openiomt.ble.virtual.sport;
    exports org.openiomt.ble.virtual.surroundings;

    provides org.openiomt.core.spi.DeviceDriver with
            org.openiomt.ble.driver.ActivityDriver,
            org.openiomt.ble.driver.AssetTagDriver,
            org.openiomt.ble.driver.BloodPressureDriver,
            org.openiomt.ble.driver.BodyCompositionDriver,
            org.openiomt.ble.driver.CyclingDriver,
            org.openiomt.ble.driver.CyclingPowerDriver,
            org.openiomt.ble.driver.ContinuousGlucoseDriver,
            org.openiomt.ble.driver.EnvironmentDriver,
            org.openiomt.ble.driver.FitnessMachineDriver,
            org.openiomt.ble.driver.GlucoseDriver,
            org.openiomt.ble.driver.HealthSensorDriver,
            org.openiomt.ble.driver.HeartRateDriver,
            org.openiomt.ble.driver.InsulinPumpDriver,
            org.openiomt.ble.driver.LocationDriver,
            org.openiomt.ble.driver.PulseOximeterDriver,
            org.openiomt.ble.driver.RunningDriver,
            org.openiomt.ble.driver.ThermometerDriver,
            org.openiomt.ble.driver.WeightScaleDriver;
}
