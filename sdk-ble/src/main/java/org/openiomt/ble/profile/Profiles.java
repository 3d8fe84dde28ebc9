package org.openiomt.ble.profile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.openiomt.ble.profile.activity.ActivityControlPoint;
import org.openiomt.ble.profile.activity.ActivityFeatures;
import org.openiomt.ble.profile.activity.ActivityLayout;
import org.openiomt.ble.profile.activity.CurrentSession;
import org.openiomt.ble.profile.activity.SessionDescriptor;
import org.openiomt.ble.profile.alert.AlertCategories;
import org.openiomt.ble.profile.alert.AlertCategoryId;
import org.openiomt.ble.profile.alert.AlertLevel;
import org.openiomt.ble.profile.alert.AlertNotificationCommand;
import org.openiomt.ble.profile.alert.NewAlert;
import org.openiomt.ble.profile.alert.TxPowerLevel;
import org.openiomt.ble.profile.alert.UnreadAlertStatus;
import org.openiomt.ble.profile.authorization.AuthorizationMessage;
import org.openiomt.ble.profile.authorization.AuthorizationStatus;
import org.openiomt.ble.profile.authorization.ProtectedData;
import org.openiomt.ble.profile.battery.BatteryCriticalStatus;
import org.openiomt.ble.profile.battery.BatteryEnergyStatus;
import org.openiomt.ble.profile.battery.BatteryHealthInformation;
import org.openiomt.ble.profile.battery.BatteryHealthStatus;
import org.openiomt.ble.profile.battery.BatteryInformation;
import org.openiomt.ble.profile.battery.BatteryLevel;
import org.openiomt.ble.profile.battery.BatteryLevelStatus;
import org.openiomt.ble.profile.battery.BatteryTimeStatus;
import org.openiomt.ble.profile.battery.EstimatedServiceDate;
import org.openiomt.ble.profile.binarysensor.BinarySensorPacket;
import org.openiomt.ble.profile.bloodpressure.BloodPressureFeature;
import org.openiomt.ble.profile.bloodpressure.BloodPressureMeasurement;
import org.openiomt.ble.profile.bloodpressure.BloodPressureRecord;
import org.openiomt.ble.profile.bloodpressure.EnhancedBloodPressureMeasurement;
import org.openiomt.ble.profile.bloodpressure.EnhancedIntermediateCuffPressure;
import org.openiomt.ble.profile.bloodpressure.IntermediateCuffPressure;
import org.openiomt.ble.profile.bond.BondManagementCommand;
import org.openiomt.ble.profile.bond.BondManagementFeature;
import org.openiomt.ble.profile.continuousglucose.CgmFeatures;
import org.openiomt.ble.profile.continuousglucose.CgmMeasurement;
import org.openiomt.ble.profile.continuousglucose.CgmStatus;
import org.openiomt.ble.profile.continuousglucose.SessionRunTime;
import org.openiomt.ble.profile.continuousglucose.SessionStartTime;
import org.openiomt.ble.profile.continuousglucose.SpecificOpsMessage;
import org.openiomt.ble.profile.controlpoint.ControlPointMessage;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerControlPoint;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerFeature;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerMeasurement;
import org.openiomt.ble.profile.cyclingpower.CyclingPowerVector;
import org.openiomt.ble.profile.deviceinformation.DeviceIdentifier;
import org.openiomt.ble.profile.deviceinformation.PnpId;
import org.openiomt.ble.profile.deviceinformation.RegulatoryCertification;
import org.openiomt.ble.profile.deviceinformation.SystemId;
import org.openiomt.ble.profile.devicetime.DeviceTimeControlPoint;
import org.openiomt.ble.profile.devicetime.DeviceTimeFeature;
import org.openiomt.ble.profile.devicetime.DeviceTimeParameters;
import org.openiomt.ble.profile.devicetime.DeviceTimeReading;
import org.openiomt.ble.profile.emergency.EmergencyId;
import org.openiomt.ble.profile.environment.BarometricPressureTrend;
import org.openiomt.ble.profile.environment.DescriptorValueChanged;
import org.openiomt.ble.profile.environment.EnvironmentalConfiguration;
import org.openiomt.ble.profile.environment.EnvironmentalMeasurement;
import org.openiomt.ble.profile.environment.EnvironmentalReading;
import org.openiomt.ble.profile.environment.EnvironmentalTrigger;
import org.openiomt.ble.profile.environment.MagneticFluxDensity;
import org.openiomt.ble.profile.fitness.Machine;
import org.openiomt.ble.profile.fitness.MachineControlPoint;
import org.openiomt.ble.profile.fitness.MachineData;
import org.openiomt.ble.profile.fitness.MachineFeatures;
import org.openiomt.ble.profile.fitness.MachineStatus;
import org.openiomt.ble.profile.fitness.SupportedRange;
import org.openiomt.ble.profile.fitness.SupportedRange.Target;
import org.openiomt.ble.profile.fitness.TrainingStatus;
import org.openiomt.ble.profile.glucose.GlucoseFeatures;
import org.openiomt.ble.profile.glucose.GlucoseMeasurement;
import org.openiomt.ble.profile.glucose.GlucoseMeasurementContext;
import org.openiomt.ble.profile.healthsensor.HealthRecord;
import org.openiomt.ble.profile.healthsensor.HealthSensorControlPoint;
import org.openiomt.ble.profile.healthsensor.HealthSensorFeatures;
import org.openiomt.ble.profile.healthsensor.ObservationSchedule;
import org.openiomt.ble.profile.healthsensor.SecurityLevels;
import org.openiomt.ble.profile.healthsensor.ValidRangeAndAccuracy;
import org.openiomt.ble.profile.heartrate.BodySensorLocation;
import org.openiomt.ble.profile.heartrate.HeartRateControlPoint;
import org.openiomt.ble.profile.heartrate.HeartRateMeasurement;
import org.openiomt.ble.profile.insulin.AnnunciationState;
import org.openiomt.ble.profile.insulin.CommandData;
import org.openiomt.ble.profile.insulin.CommandMessage;
import org.openiomt.ble.profile.insulin.HistoryEvent;
import org.openiomt.ble.profile.insulin.InsulinFeatures;
import org.openiomt.ble.profile.insulin.InsulinRecordAccess;
import org.openiomt.ble.profile.insulin.InsulinStatus;
import org.openiomt.ble.profile.insulin.StatusChanged;
import org.openiomt.ble.profile.insulin.StatusReaderMessage;
import org.openiomt.ble.profile.location.LocationAndSpeed;
import org.openiomt.ble.profile.location.LocationControlPoint;
import org.openiomt.ble.profile.location.LocationFeature;
import org.openiomt.ble.profile.location.Navigation;
import org.openiomt.ble.profile.location.PositionQuality;
import org.openiomt.ble.profile.objecttransfer.ObjectActionMessage;
import org.openiomt.ble.profile.objecttransfer.ObjectChanged;
import org.openiomt.ble.profile.objecttransfer.ObjectId;
import org.openiomt.ble.profile.objecttransfer.ObjectListFilter;
import org.openiomt.ble.profile.objecttransfer.ObjectListMessage;
import org.openiomt.ble.profile.objecttransfer.ObjectProperties;
import org.openiomt.ble.profile.objecttransfer.ObjectSize;
import org.openiomt.ble.profile.objecttransfer.ObjectTransferFeatures;
import org.openiomt.ble.profile.objecttransfer.ObjectType;
import org.openiomt.ble.profile.positioning.Position;
import org.openiomt.ble.profile.positioning.PositioningConfiguration;
import org.openiomt.ble.profile.positioning.Uncertainty;
import org.openiomt.ble.profile.pulseoximeter.ContinuousMeasurement;
import org.openiomt.ble.profile.pulseoximeter.OximeterFeatures;
import org.openiomt.ble.profile.pulseoximeter.SpotCheckMeasurement;
import org.openiomt.ble.profile.reconnection.ReconnectionFeatures;
import org.openiomt.ble.profile.reconnection.ReconnectionMessage;
import org.openiomt.ble.profile.reconnection.ReconnectionSettings;
import org.openiomt.ble.profile.recordaccess.RecordAccessMessage;
import org.openiomt.ble.profile.speedcadence.CyclingFeature;
import org.openiomt.ble.profile.speedcadence.CyclingMeasurement;
import org.openiomt.ble.profile.speedcadence.RunningFeature;
import org.openiomt.ble.profile.speedcadence.RunningMeasurement;
import org.openiomt.ble.profile.speedcadence.SensorLocation;
import org.openiomt.ble.profile.speedcadence.SpeedCadenceControlPoint;
import org.openiomt.ble.profile.thermometer.IntermediateTemperature;
import org.openiomt.ble.profile.thermometer.MeasurementInterval;
import org.openiomt.ble.profile.thermometer.TemperatureMeasurement;
import org.openiomt.ble.profile.thermometer.TemperatureType;
import org.openiomt.ble.profile.time.CurrentElapsedTime;
import org.openiomt.ble.profile.time.CurrentTime;
import org.openiomt.ble.profile.time.DateTime;
import org.openiomt.ble.profile.time.DayDateTime;
import org.openiomt.ble.profile.time.DayOfWeek;
import org.openiomt.ble.profile.time.DstOffset;
import org.openiomt.ble.profile.time.ExactTime256;
import org.openiomt.ble.profile.time.LocalTimeInformation;
import org.openiomt.ble.profile.time.ReferenceTimeInformation;
import org.openiomt.ble.profile.time.TimeAccuracy;
import org.openiomt.ble.profile.time.TimeSource;
import org.openiomt.ble.profile.time.TimeUpdateControlPoint;
import org.openiomt.ble.profile.time.TimeUpdateState;
import org.openiomt.ble.profile.time.TimeWithDst;
import org.openiomt.ble.profile.time.TimeZone;
import org.openiomt.ble.profile.userdata.ActivityGoal;
import org.openiomt.ble.profile.userdata.DeviceWearingPosition;
import org.openiomt.ble.profile.userdata.Gender;
import org.openiomt.ble.profile.userdata.Handedness;
import org.openiomt.ble.profile.userdata.HeartRateZones;
import org.openiomt.ble.profile.userdata.HighIntensityThreshold;
import org.openiomt.ble.profile.userdata.PreferredUnits;
import org.openiomt.ble.profile.userdata.RegisteredUser;
import org.openiomt.ble.profile.userdata.ThresholdSportType;
import org.openiomt.ble.profile.userdata.UserControlMessage;
import org.openiomt.ble.profile.userdata.UserDate;
import org.openiomt.ble.profile.userdata.UserNumber;
import org.openiomt.ble.profile.weight.BodyCompositionFeature;
import org.openiomt.ble.profile.weight.BodyCompositionMeasurement;
import org.openiomt.ble.profile.weight.WeightMeasurement;
import org.openiomt.ble.profile.weight.WeightScaleFeature;
import org.openiomt.core.wire.Codec;

/** The only table from UUID to codec: one line for each characteristic, grouped by service. */
public final class Profiles {
    private static final String BASE_UUID_START = "0000";
    private static final String BASE_UUID_END = "-0000-1000-8000-00805f9b34fb";
    private static final int BASE_UUID_LENGTH = 36;
    private static final int UUID_16_LENGTH = 4;

    private static final Profiles TABLE = new Profiles();

    private final List<Profile<?>> rows = new ArrayList<>();
    private final Map<String, Profile<?>> byKey = new HashMap<>();

    private Profiles() {
        // Blood Pressure
        add("2A35", "Blood Pressure Measurement", BloodPressureMeasurement.CODEC, BloodPressureMeasurement.class);
        add("2A36", "Intermediate Cuff Pressure", IntermediateCuffPressure.CODEC, IntermediateCuffPressure.class);
        add("2A49", "Blood Pressure Feature", BloodPressureFeature.CODEC, BloodPressureFeature.class);
        add(
                "2B34",
                "Enhanced Blood Pressure Measurement",
                EnhancedBloodPressureMeasurement.CODEC,
                EnhancedBloodPressureMeasurement.class);
        add(
                "2B35",
                "Enhanced Intermediate Cuff Pressure",
                EnhancedIntermediateCuffPressure.CODEC,
                EnhancedIntermediateCuffPressure.class);
        add("2B36", "Blood Pressure Record", BloodPressureRecord.PACKET_CODEC, Segmented.type());

        // Health Thermometer
        add("2A1C", "Temperature Measurement", TemperatureMeasurement.CODEC, TemperatureMeasurement.class);
        add("2A1D", "Temperature Type", TemperatureType.CODEC, TemperatureType.class);
        add("2A1E", "Intermediate Temperature", IntermediateTemperature.CODEC, IntermediateTemperature.class);
        add("2A21", "Measurement Interval", MeasurementInterval.CODEC, MeasurementInterval.class);

        // Weight Scale
        add("2A9D", "Weight Measurement", WeightMeasurement.CODEC, WeightMeasurement.class);
        add("2A9E", "Weight Scale Feature", WeightScaleFeature.CODEC, WeightScaleFeature.class);

        // Battery
        add("2A19", "Battery Level", BatteryLevel.CODEC, BatteryLevel.class);
        add("2BED", "Battery Level Status", BatteryLevelStatus.CODEC, BatteryLevelStatus.class);
        add("2BE9", "Battery Critical Status", BatteryCriticalStatus.CODEC, BatteryCriticalStatus.class);
        add("2BEE", "Battery Time Status", BatteryTimeStatus.CODEC, BatteryTimeStatus.class);
        add("2BEA", "Battery Health Status", BatteryHealthStatus.CODEC, BatteryHealthStatus.class);
        add("2BEB", "Battery Health Information", BatteryHealthInformation.CODEC, BatteryHealthInformation.class);
        add("2BEC", "Battery Information", BatteryInformation.CODEC, BatteryInformation.class);
        add("2BF0", "Battery Energy Status", BatteryEnergyStatus.CODEC, BatteryEnergyStatus.class);
        add("2BEF", "Estimated Service Date", EstimatedServiceDate.CODEC, EstimatedServiceDate.class);

        // Device Information
        add("2A23", "System ID", SystemId.CODEC, SystemId.class);
        add("2A24", "Model Number String", DeviceText.CODEC, DeviceText.class);
        add("2A25", "Serial Number String", DeviceText.CODEC, DeviceText.class);
        add("2A26", "Firmware Revision String", DeviceText.CODEC, DeviceText.class);
        add("2A27", "Hardware Revision String", DeviceText.CODEC, DeviceText.class);
        add("2A28", "Software Revision String", DeviceText.CODEC, DeviceText.class);
        add("2A29", "Manufacturer Name String", DeviceText.CODEC, DeviceText.class);
        add(
                "2A2A",
                "IEEE 11073-20601 Regulatory Certification Data List",
                RegulatoryCertification.CODEC,
                RegulatoryCertification.class);
        add("2A50", "PnP ID", PnpId.CODEC, PnpId.class);
        add("2BFF", "UDI for Medical Devices", DeviceIdentifier.CODEC, DeviceIdentifier.class);

        // Heart Rate
        add("2A37", "Heart Rate Measurement", HeartRateMeasurement.CODEC, HeartRateMeasurement.class);
        add("2A38", "Body Sensor Location", BodySensorLocation.CODEC, BodySensorLocation.class);
        add("2A39", "Heart Rate Control Point", HeartRateControlPoint.CODEC, HeartRateControlPoint.class);

        // Pulse Oximeter
        add("2A5E", "PLX Spot-Check Measurement", SpotCheckMeasurement.CODEC, SpotCheckMeasurement.class);
        add("2A5F", "PLX Continuous Measurement", ContinuousMeasurement.CODEC, ContinuousMeasurement.class);
        add("2A60", "PLX Features", OximeterFeatures.CODEC, OximeterFeatures.class);

        // Glucose
        add("2A18", "Glucose Measurement", GlucoseMeasurement.CODEC, GlucoseMeasurement.class);
        add("2A34", "Glucose Measurement Context", GlucoseMeasurementContext.CODEC, GlucoseMeasurementContext.class);
        add("2A51", "Glucose Feature", GlucoseFeatures.CODEC, GlucoseFeatures.class);

        // Continuous Glucose Monitoring
        add("2AA7", "CGM Measurement", CgmMeasurement.CODEC, CgmMeasurement.class);
        add("2AA8", "CGM Feature", CgmFeatures.CODEC, CgmFeatures.class);
        add("2AA9", "CGM Status", CgmStatus.CODEC, CgmStatus.class);
        add("2AAA", "CGM Session Start Time", SessionStartTime.CODEC, SessionStartTime.class);
        add("2AAB", "CGM Session Run Time", SessionRunTime.CODEC, SessionRunTime.class);
        add("2AAC", "CGM Specific Ops Control Point", SpecificOpsMessage.CODEC, SpecificOpsMessage.class);

        // Insulin Delivery
        add("2B20", "IDD Status Changed", StatusChanged.CODEC, StatusChanged.class);
        add("2B21", "IDD Status", InsulinStatus.CODEC, InsulinStatus.class);
        add("2B22", "IDD Annunciation Status", AnnunciationState.CODEC, AnnunciationState.class);
        add("2B23", "IDD Features", InsulinFeatures.CODEC, InsulinFeatures.class);
        add("2B24", "IDD Status Reader Control Point", StatusReaderMessage.CODEC, StatusReaderMessage.class);
        add("2B25", "IDD Command Control Point", CommandMessage.CODEC, CommandMessage.class);
        add("2B26", "IDD Command Data", CommandData.CODEC, CommandData.class);
        add("2B27", "IDD Record Access Control Point", InsulinRecordAccess.CODEC, InsulinRecordAccess.class);
        add("2B28", "IDD History Data", HistoryEvent.CODEC, HistoryEvent.class);

        // Body Composition
        add("2A9B", "Body Composition Feature", BodyCompositionFeature.CODEC, BodyCompositionFeature.class);
        add("2A9C", "Body Composition Measurement", BodyCompositionMeasurement.CODEC, BodyCompositionMeasurement.class);

        // Physical Activity Monitor
        add("2B3B", "Physical Activity Monitor Features", ActivityFeatures.CODEC, ActivityFeatures.class);
        add(
                "2B3C",
                "General Activity Instantaneous Data",
                ActivityLayout.GENERAL_INSTANTANEOUS.packetCodec(),
                Segmented.type());
        add("2B3D", "General Activity Summary Data", ActivityLayout.GENERAL_SUMMARY.packetCodec(), Segmented.type());
        add(
                "2B3E",
                "CardioRespiratory Activity Instantaneous Data",
                ActivityLayout.CARDIORESPIRATORY_INSTANTANEOUS.packetCodec(),
                Segmented.type());
        add(
                "2B3F",
                "CardioRespiratory Activity Summary Data",
                ActivityLayout.CARDIORESPIRATORY_SUMMARY.packetCodec(),
                Segmented.type());
        add(
                "2B40",
                "Step Counter Activity Summary Data",
                ActivityLayout.STEP_COUNTER_SUMMARY.packetCodec(),
                Segmented.type());
        add(
                "2B41",
                "Sleep Activity Instantaneous Data",
                ActivityLayout.SLEEP_INSTANTANEOUS.packetCodec(),
                Segmented.type());
        add("2B42", "Sleep Activity Summary Data", ActivityLayout.SLEEP_SUMMARY.packetCodec(), Segmented.type());
        add("2B43", "Physical Activity Monitor Control Point", ActivityControlPoint.CODEC, ActivityControlPoint.class);
        add("2B44", "Physical Activity Current Session", CurrentSession.CODEC, CurrentSession.class);
        add("2B45", "Physical Activity Session Descriptor", SessionDescriptor.PACKET_CODEC, Segmented.type());

        // Generic Health Sensor
        add("2B8B", "Live Health Observations", HealthRecord.LIVE_PACKET_CODEC, Segmented.type());
        add("2BDD", "Stored Health Observations", HealthRecord.STORED_PACKET_CODEC, Segmented.type());
        add("2BF1", "Observation Schedule Changed", ObservationSchedule.CODEC, ObservationSchedule.class);
        add("2BF3", "Health Sensor Features", HealthSensorFeatures.CODEC, HealthSensorFeatures.class);
        add("2BF4", "GHS Control Point", HealthSensorControlPoint.CODEC, HealthSensorControlPoint.class);
        add("2BF5", "LE GATT Security Levels", SecurityLevels.CODEC, SecurityLevels.class);
        add("2910", "Observation Schedule", ObservationSchedule.CODEC, ObservationSchedule.class);
        add("2911", "Valid Range and Accuracy", ValidRangeAndAccuracy.CODEC, ValidRangeAndAccuracy.class);

        // Running Speed and Cadence
        add("2A53", "RSC Measurement", RunningMeasurement.CODEC, RunningMeasurement.class);
        add("2A54", "RSC Feature", RunningFeature.CODEC, Features.class);

        // Cycling Speed and Cadence
        add("2A5B", "CSC Measurement", CyclingMeasurement.CODEC, CyclingMeasurement.class);
        add("2A5C", "CSC Feature", CyclingFeature.CODEC, Features.class);

        // Cycling Power
        add("2A63", "Cycling Power Measurement", CyclingPowerMeasurement.CODEC, CyclingPowerMeasurement.class);
        add("2A64", "Cycling Power Vector", CyclingPowerVector.CODEC, CyclingPowerVector.class);
        add("2A65", "Cycling Power Feature", CyclingPowerFeature.CODEC, CyclingPowerFeature.class);
        add("2A66", "Cycling Power Control Point", CyclingPowerControlPoint.CODEC, ControlPointMessage.class);

        // Location and Navigation
        add("2A67", "Location and Speed", LocationAndSpeed.CODEC, LocationAndSpeed.class);
        add("2A68", "Navigation", Navigation.CODEC, Navigation.class);
        add("2A69", "Position Quality", PositionQuality.CODEC, PositionQuality.class);
        add("2A6A", "LN Feature", LocationFeature.CODEC, Features.class);
        add("2A6B", "LN Control Point", LocationControlPoint.CODEC, ControlPointMessage.class);

        // Fitness Machine
        add("2ACC", "Fitness Machine Feature", MachineFeatures.CODEC, MachineFeatures.class);
        add("2ACD", "Treadmill Data", Machine.TREADMILL.codec(), MachineData.class);
        add("2ACE", "Cross Trainer Data", Machine.CROSS_TRAINER.codec(), MachineData.class);
        add("2ACF", "Step Climber Data", Machine.STEP_CLIMBER.codec(), MachineData.class);
        add("2AD0", "Stair Climber Data", Machine.STAIR_CLIMBER.codec(), MachineData.class);
        add("2AD1", "Rower Data", Machine.ROWER.codec(), MachineData.class);
        add("2AD2", "Indoor Bike Data", Machine.INDOOR_BIKE.codec(), MachineData.class);
        add("2AD3", "Training Status", TrainingStatus.CODEC, TrainingStatus.class);
        add("2AD4", "Supported Speed Range", Target.SPEED.codec(), SupportedRange.class);
        add("2AD5", "Supported Inclination Range", Target.INCLINATION.codec(), SupportedRange.class);
        add("2AD6", "Supported Resistance Level Range", Target.RESISTANCE.codec(), SupportedRange.class);
        add("2AD7", "Supported Heart Rate Range", Target.HEART_RATE.codec(), SupportedRange.class);
        add("2AD8", "Supported Power Range", Target.POWER.codec(), SupportedRange.class);
        add("2AD9", "Fitness Machine Control Point", MachineControlPoint.CODEC, ControlPointMessage.class);
        add("2ADA", "Fitness Machine Status", MachineStatus.CODEC, MachineStatus.class);

        // User Data
        for (UserNumber.Kind kind : UserNumber.Kind.values()) {
            add(kind.profile());
        }
        add("2A85", "Date of Birth", UserDate.CODEC, UserDate.class);
        add("2A86", "Date of Threshold Assessment", UserDate.CODEC, UserDate.class);
        add("2A87", "Email Address", DeviceText.CODEC, DeviceText.class);
        add("2A8A", "First Name", DeviceText.CODEC, DeviceText.class);
        add("2A8B", "Five Zone Heart Rate Limits", HeartRateZones.FIVE, HeartRateZones.class);
        add("2A8C", "Gender", Gender.CODEC, Gender.class);
        add("2A90", "Last Name", DeviceText.CODEC, DeviceText.class);
        add(
                "2A93",
                "Sport Type for Aerobic and Anaerobic Thresholds",
                ThresholdSportType.CODEC,
                ThresholdSportType.class);
        add("2A94", "Three Zone Heart Rate Limits", HeartRateZones.THREE, HeartRateZones.class);
        add("2A9F", "User Control Point", UserControlMessage.CODEC, UserControlMessage.class);
        add("2AA2", "Language", DeviceText.CODEC, DeviceText.class);
        add("2B37", "Registered User", RegisteredUser.CODEC, Segmented.type());
        add("2B46", "Preferred Units", PreferredUnits.CODEC, PreferredUnits.class);
        add("2B48", "Middle Name", DeviceText.CODEC, DeviceText.class);
        add("2B4A", "Handedness", Handedness.CODEC, Handedness.class);
        add("2B4B", "Device Wearing Position", DeviceWearingPosition.CODEC, DeviceWearingPosition.class);
        add("2B4C", "Four Zone Heart Rate Limits", HeartRateZones.FOUR, HeartRateZones.class);
        add("2B4D", "High Intensity Exercise Threshold", HighIntensityThreshold.CODEC, HighIntensityThreshold.class);
        add("2B4E", "Activity Goal", ActivityGoal.CODEC, ActivityGoal.class);

        // Current Time, Reference Time Update, Next DST Change
        add("2A09", "Day of Week", DayOfWeek.CODEC, DayOfWeek.class);
        add("2A0A", "Day Date Time", DayDateTime.CODEC, DayDateTime.class);
        add("2A0C", "Exact Time 256", ExactTime256.CODEC, ExactTime256.class);
        add("2A0D", "DST Offset", DstOffset.CODEC, DstOffset.class);
        add("2A0E", "Time Zone", TimeZone.CODEC, TimeZone.class);
        add("2A0F", "Local Time Information", LocalTimeInformation.CODEC, LocalTimeInformation.class);
        add("2A11", "Time with DST", TimeWithDst.CODEC, TimeWithDst.class);
        add("2A12", "Time Accuracy", TimeAccuracy.CODEC, TimeAccuracy.class);
        add("2A13", "Time Source", TimeSource.CODEC, TimeSource.class);
        add("2A14", "Reference Time Information", ReferenceTimeInformation.CODEC, ReferenceTimeInformation.class);
        add("2A16", "Time Update Control Point", TimeUpdateControlPoint.CODEC, TimeUpdateControlPoint.class);
        add("2A17", "Time Update State", TimeUpdateState.CODEC, TimeUpdateState.class);
        add("2A2B", "Current Time", CurrentTime.CODEC, CurrentTime.class);

        // Device Time
        add("2B8E", "Device Time Feature", DeviceTimeFeature.CODEC, DeviceTimeFeature.class);
        add("2B8F", "Device Time Parameters", DeviceTimeParameters.CODEC, DeviceTimeParameters.class);
        add("2B90", "Device Time", DeviceTimeReading.CODEC, DeviceTimeReading.class);
        add("2B91", "Device Time Control Point", DeviceTimeControlPoint.CODEC, DeviceTimeControlPoint.class);

        // Elapsed Time
        add("2BF2", "Current Elapsed Time", CurrentElapsedTime.CODEC, CurrentElapsedTime.class);

        // Environmental Sensing
        for (EnvironmentalReading.Kind kind : EnvironmentalReading.Kind.values()) {
            add(kind.profile());
        }
        add("2A7D", "Descriptor Value Changed", DescriptorValueChanged.CODEC, DescriptorValueChanged.class);
        add("2AA0", "Magnetic Flux Density - 2D", MagneticFluxDensity.CODEC_2D, MagneticFluxDensity.class);
        add("2AA1", "Magnetic Flux Density - 3D", MagneticFluxDensity.CODEC_3D, MagneticFluxDensity.class);
        add("2AA3", "Barometric Pressure Trend", BarometricPressureTrend.CODEC, BarometricPressureTrend.class);
        add(
                "290B",
                "Environmental Sensing Configuration",
                EnvironmentalConfiguration.CODEC,
                EnvironmentalConfiguration.class);
        add(
                "290C",
                "Environmental Sensing Measurement",
                EnvironmentalMeasurement.CODEC,
                EnvironmentalMeasurement.class);
        add("290D", "Environmental Sensing Trigger Setting", EnvironmentalTrigger.CODEC, EnvironmentalTrigger.class);

        // Alert Notification
        add("2A42", "Alert Category ID Bit Mask", AlertCategories.CODEC, AlertCategories.class);
        add("2A43", "Alert Category ID", AlertCategoryId.CODEC, AlertCategoryId.class);
        add("2A44", "Alert Notification Control Point", AlertNotificationCommand.CODEC, AlertNotificationCommand.class);
        add("2A45", "Unread Alert Status", UnreadAlertStatus.CODEC, UnreadAlertStatus.class);
        add("2A46", "New Alert", NewAlert.CODEC, NewAlert.class);
        add("2A47", "Supported New Alert Category", AlertCategories.CODEC, AlertCategories.class);
        add("2A48", "Supported Unread Alert Category", AlertCategories.CODEC, AlertCategories.class);

        // Immediate Alert, Link Loss, Tx Power
        add("2A06", "Alert Level", AlertLevel.CODEC, AlertLevel.class);
        add("2A07", "Tx Power Level", TxPowerLevel.CODEC, TxPowerLevel.class);

        // Bond Management
        add("2AA4", "Bond Management Control Point", BondManagementCommand.CODEC, BondManagementCommand.class);
        add("2AA5", "Bond Management Feature", BondManagementFeature.CODEC, BondManagementFeature.class);

        // Binary Sensor
        add("2B2B", "BSS Control Point", BinarySensorPacket.CODEC, BinarySensorPacket.class);
        add("2B2C", "BSS Response", BinarySensorPacket.CODEC, BinarySensorPacket.class);

        // Emergency Configuration
        add("2B2D", "Emergency ID", EmergencyId.CODEC, EmergencyId.class);
        add("2B2E", "Emergency Text", DeviceText.CODEC, DeviceText.class);

        // Indoor Positioning
        for (Position.Kind kind : Position.Kind.values()) {
            add(kind.profile());
        }
        add("2AAD", "Indoor Positioning Configuration", PositioningConfiguration.CODEC, PositioningConfiguration.class);
        add("2AB4", "Uncertainty", Uncertainty.CODEC, Uncertainty.class);
        add("2AB5", "Location Name", DeviceText.CODEC, DeviceText.class);

        // Reconnection Configuration
        add("2B1D", "RC Feature", ReconnectionFeatures.CODEC, ReconnectionFeatures.class);
        add("2B1E", "RC Settings", ReconnectionSettings.CODEC, ReconnectionSettings.class);
        add("2B1F", "Reconnection Configuration Control Point", ReconnectionMessage.CODEC, ReconnectionMessage.class);

        // Authorization Control
        add("2B2F", "ACS Status", AuthorizationStatus.CODEC, AuthorizationStatus.class);
        add("2B30", "ACS Data In", ProtectedData.CODEC, Segmented.type());
        add("2B31", "ACS Data Out Notify", ProtectedData.CODEC, Segmented.type());
        add("2B32", "ACS Data Out Indicate", ProtectedData.CODEC, Segmented.type());
        add("2B33", "ACS Control Point", AuthorizationMessage.CODEC, Segmented.type());

        // Object Transfer
        add("2ABD", "OTS Feature", ObjectTransferFeatures.CODEC, ObjectTransferFeatures.class);
        add("2ABE", "Object Name", DeviceText.CODEC, DeviceText.class);
        add("2ABF", "Object Type", ObjectType.CODEC, ObjectType.class);
        add("2AC0", "Object Size", ObjectSize.CODEC, ObjectSize.class);
        add("2AC1", "Object First-Created", DateTime.CODEC, DateTime.class);
        add("2AC2", "Object Last-Modified", DateTime.CODEC, DateTime.class);
        add("2AC3", "Object ID", ObjectId.CODEC, ObjectId.class);
        add("2AC4", "Object Properties", ObjectProperties.CODEC, ObjectProperties.class);
        add("2AC5", "Object Action Control Point", ObjectActionMessage.CODEC, ObjectActionMessage.class);
        add("2AC6", "Object List Control Point", ObjectListMessage.CODEC, ObjectListMessage.class);
        add("2AC7", "Object List Filter", ObjectListFilter.CODEC, ObjectListFilter.class);
        add("2AC8", "Object Changed", ObjectChanged.CODEC, ObjectChanged.class);

        // in several services
        add("2A55", "SC Control Point", SpeedCadenceControlPoint.CODEC, ControlPointMessage.class);
        add("2A5D", "Sensor Location", SensorLocation.CODEC, SensorLocation.class);
        add("2A52", "Record Access Control Point", RecordAccessMessage.CODEC, RecordAccessMessage.class);
        add("2A08", "Date Time", DateTime.CODEC, DateTime.class);
    }

    private <T extends Described> void add(String uuid, String name, Codec<T> codec, Class<T> type) {
        add(new Profile<>(uuid, name, codec, type));
    }

    private void add(Profile<?> profile) {
        rows.add(profile);
        if (byKey.put(key(profile.uuid()), profile) != null || byKey.put(key(profile.name()), profile) != null) {
            throw new AssertionError("written twice: " + profile);
        }
    }

    /** Returns all profiles, grouped by service. */
    public static List<Profile<?>> all() {
        return Collections.unmodifiableList(TABLE.rows);
    }

    /**
     * Returns the profile of a characteristic.
     *
     * @param characteristic {@code 2A35}, {@code 0x2a35}, the UUID of 128 bits, or the name of the specification with
     *     spaces, hyphens or neither between its words; upper or lower case
     */
    public static Optional<Profile<?>> find(String characteristic) {
        String text = characteristic.strip().toLowerCase(Locale.ROOT);
        if (text.length() == BASE_UUID_LENGTH && text.startsWith(BASE_UUID_START) && text.endsWith(BASE_UUID_END)) {
            text = text.substring(BASE_UUID_START.length(), BASE_UUID_START.length() + UUID_16_LENGTH);
        } else if (text.startsWith("0x") && text.length() == "0x".length() + UUID_16_LENGTH) {
            text = text.substring("0x".length());
        }
        return Optional.ofNullable(TABLE.byKey.get(key(text)));
    }

    /** Returns the profile of a characteristic. */
    public static Optional<Profile<?>> find(UUID characteristic) {
        return find(characteristic.toString());
    }

    private static String key(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
    }
}
