package org.openiomt.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openiomt.core.model.DeviceTime;
import org.openiomt.core.model.Observation;
import org.openiomt.core.model.Value;
import org.openiomt.core.nomenclature.Mdc;
import org.openiomt.core.nomenclature.Units;
import org.openiomt.core.wire.DecodeException;
import org.openiomt.core.wire.MedicalFloat;

class ObservationJsonTest {
    @ParameterizedTest
    @MethodSource("org.openiomt.core.json.Observations#vectors")
    void aVectorIsWrittenAsItsJson(Observations.Vector vector) {
        assertThat(ObservationJson.write(ObservationCbor.decode(vector.cbor()))).isEqualTo(vector.json());
    }

    @ParameterizedTest
    @CsvSource({
        "3760, -2, 37.60",
        "376, -1, 37.6",
        "120, 0, 120",
        "12, 1, 1.2E+2",
        "0, -2, 0.00",
        "-5, -3, -0.005",
        "104, -10, 1.04E-8",
        "9223372036854775807, 0, 9223372036854775807",
    })
    void aNumberHasThePrecisionOfTheDevice(long mantissa, int exponent, String text) {
        Observation observation = temperature(MedicalFloat.of(mantissa, exponent));

        String json = ObservationJson.write(observation);

        assertThat(json).contains("\"number\":" + text + ",");
        assertThat(ObservationJson.read(json)).isEqualTo(observation);
    }

    @ParameterizedTest
    @CsvSource({"NaN", "NRes", "+INF", "-INF", "reserved"})
    void aSpecialValueIsAString(String special) {
        Observation observation = temperature(MedicalFloat.parse(special));

        String json = ObservationJson.write(observation);

        assertThat(json).contains("\"number\":\"" + special + "\"");
        assertThat(ObservationJson.read(json)).isEqualTo(observation);
    }

    @Test
    void membersMayComeInAnyOrderAndWithOthers() {
        Observation read = ObservationJson.read("""
                {"comment": {"by": ["a", "nurse"]}, "receivedAt": "2026-11-22T23:59:58.987654321Z",
                 "value": {"unit": {"ucum": "wrong but ignored", "code": 268192}, "hint": null, "number": 37.60},
                 "type": {"code": 150364}, "device": "cuff-017", "id": "0123456789abcdeffedcba9876543210"}
                """);

        assertThat(read).isEqualTo(temperature(MedicalFloat.of(3760, -2)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                | observation  | 0",
                "[]                                                | observation  | 0",
                "{\"id\": 7}                                       | id           | 7",
                "{\"id\": \"short\"}                               | id           | 7",
                "{\"id\": \"zz23456789abcdeffedcba9876543210\"}    | id           | 7",
                "{\"device\": \"a b\"}                             | device       | 11",
                "{\"type\": {\"name\": \"MDC_TEMP_BODY\"}}         | type.code    | 33",
                "{\"value\": {}}                                   | value        | 11",
                "{\"value\": {\"number\": 1}}                      | unit         | 22",
                "{\"value\": {\"number\": \"12\"}}                 | number       | 21",
                "{\"value\": {\"number\": 1e999}}                  | number       | 21",
                "{\"value\": {\"text\": \"a\", \"octets\": \"\"}}  | value        | 36",
                "{\"value\": {\"octets\": \"0g\"}}                 | octets       | 21",
                "{\"value\": {\"samples\": [1.5]}}                 | samples      | 23",
                "{\"value\": {\"samples\": [2147483648]}}          | samples      | 23",
                "{\"receivedAt\": \"yesterday\"}                   | receivedAt   | 15",
                "{\"clock\": \"2026-11-22\"}                       | clock        | 10",
                "{\"status\": [\"fine\"]}                          | status       | 12",
                "{\"utcOffset\": \"+19:00\"}                       | utcOffset    | 14",
                "{\"id\": \"0123456789abcdeffedcba9876543210\"} x  | observation  | 44",
            })
    void whatIsWronglyTypedIsRefusedWithFieldAndOffset(String json, String field, int offset) {
        assertThatThrownBy(() -> ObservationJson.read(json))
                .isInstanceOf(DecodeException.class)
                .hasMessageStartingWith(field + " at octet " + offset + ":");
    }

    @Test
    void aMemberTwiceIsRefused() {
        assertThatThrownBy(() -> ObservationJson.read("{\"device\": \"a\", \"device\": \"b\"}"))
                .isInstanceOf(DecodeException.class);
    }

    @Test
    void theMessageOfARefusalDoesNotQuoteTheContent() {
        assertThatThrownBy(() -> ObservationJson.read("{\"device\": \"John Doe\"}"))
                .isInstanceOf(DecodeException.class)
                .hasMessageNotContaining("John")
                .hasNoCause();
    }

    @Test
    void compoundsInsideEachOtherAreLimited() {
        String open = "{\"value\":{\"parts\":[{\"type\":{\"code\":1},\"value\":";

        assertThatThrownBy(() -> ObservationJson.read("{\"value\":" + "{\"parts\":[{\"value\":".repeat(9)))
                .hasMessageContaining("inside each other");
        assertThatThrownBy(() -> ObservationJson.read(open.repeat(10_000))).isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> ObservationJson.read("[".repeat(100_000))).isInstanceOf(DecodeException.class);
        assertThatThrownBy(() -> ObservationJson.read("{\"x\":" + "[".repeat(100_000)))
                .isInstanceOf(DecodeException.class);
    }

    private static Observation temperature(MedicalFloat value) {
        return Observations.of(Mdc.MDC_TEMP_BODY, Value.Numeric.of(value, Units.MDC_DIM_DEGC), new DeviceTime.None());
    }
}
