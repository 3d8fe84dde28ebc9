package org.openiomt.ble.profile.environment;

import java.util.Objects;
import org.openiomt.ble.profile.Bits;
import org.openiomt.ble.profile.Fields;
import org.openiomt.ble.profile.IntegerForm;
import org.openiomt.ble.profile.Profile;
import org.openiomt.ble.profile.Scalar;
import org.openiomt.ble.profile.ScalarValue;
import org.openiomt.core.wire.MedicalFloat;
import org.openiomt.core.wire.Remainder;

/**
 * A number of the Environmental Sensing Service: one characteristic for each {@link Kind}, one number in each.
 *
 * <pre>
 * field     type            octets  present when  meaning
 * the kind  see the table   1 to 4  always        the number in the steps of the table of {@link Kind}
 * </pre>
 *
 * A sensor may have several of one kind; its descriptors tell them apart, see {@link EnvironmentalMeasurement}.
 *
 * @param kind what was measured
 * @param value the number in the unit of its kind; NaN when the sensor does not know it
 * @param remainder trailing octets
 * @see <a href="https://www.bluetooth.com/specifications/specs/environmental-sensing-service-1-0/">ESS 1.0, 3.1</a>
 */
public record EnvironmentalReading(Kind kind, MedicalFloat value, Remainder remainder) implements ScalarValue {

    /** Gives the number the resolution of the wire: 21.5 Cel becomes 21.50. */
    public EnvironmentalReading {
        value = Objects.requireNonNull(kind, "kind").scalar.atResolution(value);
        Bits.requireUnknown(remainder, ~0L);
    }

    @Override
    public Scalar scalar() {
        return kind.scalar;
    }

    @Override
    public String toString() {
        return Fields.names(this);
    }

    /** The table: UUID, name, octets, step with unit, range, and the code for "not known". */
    @SuppressWarnings("ImmutableEnumChecker") // a Profile is a record of a stateless codec
    public enum Kind {
        /** From true north to magnetic north, clockwise. */
        MAGNETIC_DECLINATION("2A2C", "Magnetic Declination", angle("magneticDeclination")),
        /** Above sea level, unless the sensor says otherwise. */
        ELEVATION("2A6C", "Elevation", Scalar.of(IntegerForm.SINT24, "elevation", "0.01 m")),
        /** Of the air. */
        PRESSURE("2A6D", "Pressure", Scalar.of(IntegerForm.UINT32, "pressure", "0.1 Pa")),
        /** Of what the sensor is in; its descriptor may say what that is. */
        TEMPERATURE(
                "2A6E",
                "Temperature",
                Scalar.of(IntegerForm.SINT16, "temperature", "0.01 Cel")
                        .between("-273.15", "327.67")
                        .unknown(-0x8000)),
        /** Relative humidity. */
        HUMIDITY(
                "2A6F",
                "Humidity",
                Scalar.of(IntegerForm.UINT16, "humidity", "0.01 %")
                        .between("0.00", "100.00")
                        .unknown(0xFFFF)),
        /** Over ground. */
        TRUE_WIND_SPEED("2A70", "True Wind Speed", Scalar.of(IntegerForm.UINT16, "trueWindSpeed", "0.01 m/s")),
        /** Where it comes from, clockwise from true north. */
        TRUE_WIND_DIRECTION("2A71", "True Wind Direction", angle("trueWindDirection")),
        /** As a moving sensor feels it. */
        APPARENT_WIND_SPEED(
                "2A72", "Apparent Wind Speed", Scalar.of(IntegerForm.UINT16, "apparentWindSpeed", "0.01 m/s")),
        /** As a moving sensor feels it, clockwise from where it heads. */
        APPARENT_WIND_DIRECTION("2A73", "Apparent Wind Direction", angle("apparentWindDirection")),
        /** The strongest gust by the mean wind speed. */
        GUST_FACTOR("2A74", "Gust Factor", Scalar.of(IntegerForm.UINT8, "gustFactor", "0.1 1")),
        /** Grains of pollen. */
        POLLEN_CONCENTRATION(
                "2A75", "Pollen Concentration", Scalar.of(IntegerForm.UINT24, "pollenConcentration", "1 /m3")),
        /** Of the World Health Organization. */
        UV_INDEX("2A76", "UV Index", Scalar.of(IntegerForm.UINT8, "uvIndex", "1 1")),
        /** Light on a surface. */
        IRRADIANCE("2A77", "Irradiance", Scalar.of(IntegerForm.UINT16, "irradiance", "0.1 W/m2")),
        /** Height of the rain that fell. */
        RAINFALL("2A78", "Rainfall", Scalar.of(IntegerForm.UINT16, "rainfall", "0.001 m")),
        /** How cold the wind makes it feel. */
        WIND_CHILL("2A79", "Wind Chill", Scalar.of(IntegerForm.SINT8, "windChill", "1 Cel")),
        /** How hot the moisture makes it feel. */
        HEAT_INDEX("2A7A", "Heat Index", Scalar.of(IntegerForm.SINT8, "heatIndex", "1 Cel")),
        /** Where the moisture of the air condenses. */
        DEW_POINT("2A7B", "Dew Point", Scalar.of(IntegerForm.SINT8, "dewPoint", "1 Cel")),
        /** NH3. */
        AMMONIA("2BCF", "Ammonia Concentration", mass("ammoniaConcentration")),
        /** CO. */
        CARBON_MONOXIDE("2BD0", "Carbon Monoxide Concentration", mass("carbonMonoxideConcentration")),
        /** CH4. */
        METHANE("2BD1", "Methane Concentration", Scalar.sfloat("methaneConcentration", "[ppb]")),
        /** NO2. */
        NITROGEN_DIOXIDE("2BD2", "Nitrogen Dioxide Concentration", mass("nitrogenDioxideConcentration")),
        /** Organic vapours other than methane. */
        NON_METHANE_VOC(
                "2BD3",
                "Non-Methane Volatile Organic Compounds Concentration",
                Scalar.sfloat("nonMethaneVolatileOrganicCompoundsConcentration", "[ppb]")),
        /** O3. */
        OZONE("2BD4", "Ozone Concentration", mass("ozoneConcentration")),
        /** Dust up to 1 micrometre. */
        PM1("2BD5", "Particulate Matter - PM1 Concentration", mass("pm1Concentration")),
        /** Dust up to 2.5 micrometres. */
        PM2_5("2BD6", "Particulate Matter - PM2.5 Concentration", mass("pm2_5Concentration")),
        /** Dust up to 10 micrometres. */
        PM10("2BD7", "Particulate Matter - PM10 Concentration", mass("pm10Concentration")),
        /** SO2. */
        SULFUR_DIOXIDE("2BD8", "Sulfur Dioxide Concentration", mass("sulfurDioxideConcentration")),
        /** SF6. */
        SULFUR_HEXAFLUORIDE("2BD9", "Sulfur Hexafluoride Concentration", mass("sulfurHexafluorideConcentration"));

        private final Scalar scalar;
        private final Profile<EnvironmentalReading> profile;

        Kind(String uuid, String name, Scalar scalar) {
            this.scalar = scalar;
            this.profile = new Profile<>(
                    uuid,
                    name,
                    scalar.codec((value, remainder) -> new EnvironmentalReading(this, value, remainder)),
                    EnvironmentalReading.class);
        }

        /** Returns the characteristic. */
        public Profile<EnvironmentalReading> profile() {
            return profile;
        }

        /** Returns how the number stands in its octets. */
        public Scalar scalar() {
            return scalar;
        }

        /**
         * Returns a reading.
         *
         * @param value the number in the unit of this kind; NaN where it has a code for "not known"
         * @throws IllegalArgumentException when the octets cannot bear it
         */
        public EnvironmentalReading of(MedicalFloat value) {
            return new EnvironmentalReading(this, value, Remainder.NONE);
        }

        private static Scalar angle(String field) {
            return Scalar.of(IntegerForm.UINT16, field, "0.01 deg").between("0.00", "359.99");
        }

        private static Scalar mass(String field) {
            return Scalar.sfloat(field, "kg/m3");
        }
    }
}
