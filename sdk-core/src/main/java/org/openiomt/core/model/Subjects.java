package org.openiomt.core.model;

import java.util.Optional;
import java.util.OptionalInt;

/** Says who is observed by a device. The application knows; a device at most knows a user's number. */
@FunctionalInterface
public interface Subjects {
    /** Nobody is known. */
    Subjects UNKNOWN = (device, user) -> Optional.empty();

    /**
     * Returns the person.
     *
     * @param device the device
     * @param user the number under which the device keeps the person, when it said one
     */
    Optional<SubjectId> subjectOf(DeviceId device, OptionalInt user);
}
