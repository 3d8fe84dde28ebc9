package org.openiomt.core.wire;

/**
 * Something in a peer's octets that the standard does not foresee and that was kept: an unknown flag, code or tail.
 *
 * @param field the name of the field
 * @param offset the octet at which it starts, from 0
 * @param reason what was expected and what came, without the payload
 */
public record Warning(String field, int offset, String reason) {
    @Override
    public String toString() {
        return field + " at octet " + offset + ": " + reason;
    }
}
