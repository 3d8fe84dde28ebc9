package org.openiomt.examples.dashboard;

import java.util.List;
import java.util.Optional;
import org.openiomt.core.model.DeviceId;
import org.openiomt.core.model.SubjectId;
import org.openiomt.core.model.Subjects;

/**
 * Which beds there are, and which devices belong to each. Names are pseudonyms: no patient's name comes here.
 *
 * @param beds the beds in the order of the page
 */
public record Ward(List<Bed> beds) {
    /** Copies the list. */
    public Ward {
        beds = List.copyOf(beds);
    }

    /**
     * One bed.
     *
     * @param subject the pseudonym of whoever lies in it
     * @param name for a person, such as {@code Bed 1}
     * @param devices its devices in the order of the page
     */
    public record Bed(SubjectId subject, String name, List<Placed> devices) {
        /** Copies the list. */
        public Bed {
            devices = List.copyOf(devices);
        }
    }

    /**
     * One device at a bed.
     *
     * @param device the device
     * @param title for a person, such as {@code Pulse oximeter}
     */
    public record Placed(DeviceId device, String title) {}

    /** Returns the bed of a device. */
    public Optional<Bed> bedOf(DeviceId device) {
        return beds.stream()
                .filter(bed -> bed.devices().stream()
                        .anyMatch(placed -> placed.device().equals(device)))
                .findFirst();
    }

    /** Returns the rule that says who is observed by which device. */
    public Subjects subjects() {
        return (device, user) -> bedOf(device).map(Bed::subject);
    }
}
