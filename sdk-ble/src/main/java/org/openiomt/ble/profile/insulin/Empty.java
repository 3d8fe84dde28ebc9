package org.openiomt.ble.profile.insulin;

/** Nothing follows: a code says it all, or it is unknown and the remainder keeps what does. */
public record Empty() implements CommandBody, StatusReaderMessage.Body, InsulinRecordAccess.Body, HistoryData {
    @Override
    public void write(FieldWriter out) {
        // the code before it says it all
    }
}
