package org.openiomt.security.identity.peer;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openiomt.core.model.Ids;

/**
 * The list of those who may connect: names in certificates, what we call them, and what they may be. Who is not on it is
 * refused, whoever issued the certificate. Immutable.
 */
public final class PeerNames {
    private static final int MAX_ID = 64;

    private final Map<SubjectName, Entry> entries;
    private final List<Domain> domains;

    private record Domain(String suffix, Set<String> roles) {}

    /**
     * Somebody on the list.
     *
     * @param name what we call it: 1 to 64 of {@code A-Z a-z 0-9 _ -}
     * @param roles what it may be; the same form
     */
    public record Entry(String name, Set<String> roles) {
        /** Checks name and roles. */
        public Entry {
            Ids.require("a peer's name", name);
            roles.forEach(role -> Ids.require("a role", role));
            roles = Set.copyOf(roles);
        }
    }

    /** A name on a certificate and who it stands for. */
    record Match(SubjectName subject, Entry entry) {}

    private PeerNames(Map<SubjectName, Entry> entries, List<Domain> domains) {
        this.entries = Map.copyOf(entries);
        this.domains = List.copyOf(domains);
    }

    /** Returns a list with these names only. */
    public static PeerNames of(Map<SubjectName, Entry> entries) {
        return new PeerNames(entries, List.of());
    }

    /**
     * Returns a list that also has every {@code ID.domain}, for one label {@code ID} that becomes the peer's name.
     *
     * @param domain a DNS name
     */
    public PeerNames andUnder(String domain, Set<String> roles) {
        String suffix = "." + SubjectName.dns(domain).value();
        Set<Domain> all = new HashSet<>(domains);
        all.add(new Domain(suffix, new Entry("any", roles).roles()));
        return new PeerNames(entries, List.copyOf(all));
    }

    /** Returns a list that also has this name. */
    public PeerNames and(SubjectName subject, Entry entry) {
        Map<SubjectName, Entry> all = new HashMap<>(entries);
        all.put(subject, entry);
        return new PeerNames(all, domains);
    }

    /** Returns the one entry that the names of a certificate stand for; empty when there is none, or more than one. */
    Optional<Match> match(Collection<SubjectName> names) {
        Match found = null;
        for (SubjectName name : names) {
            Optional<Entry> entry = entryOf(name);
            if (entry.isPresent()) {
                if (found != null && !found.entry().equals(entry.get())) {
                    return Optional.empty();
                }
                found = new Match(name, entry.get());
            }
        }
        return Optional.ofNullable(found);
    }

    private Optional<Entry> entryOf(SubjectName subject) {
        Entry exact = entries.get(subject);
        if (exact != null) {
            return Optional.of(exact);
        }
        if (subject.kind() != SubjectName.Kind.DNS) {
            return Optional.empty();
        }
        return domains.stream()
                .filter(domain -> subject.value().endsWith(domain.suffix()))
                .map(domain -> labelled(subject.value(), domain))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Entry> labelled(String value, Domain domain) {
        String label = value.substring(0, value.length() - domain.suffix().length());
        return label.length() <= MAX_ID && Ids.isId(label)
                ? Optional.of(new Entry(label, domain.roles()))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "PeerNames[" + entries.size() + " names, " + domains.size() + " domains]";
    }
}
