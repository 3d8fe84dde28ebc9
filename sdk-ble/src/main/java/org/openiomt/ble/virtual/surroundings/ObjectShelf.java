package org.openiomt.ble.virtual.surroundings;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openiomt.ble.profile.objecttransfer.ObjectListFilter;
import org.openiomt.ble.profile.objecttransfer.ObjectListMessage.Order;
import org.openiomt.ble.profile.objecttransfer.ObjectProperties;
import org.openiomt.ble.profile.objecttransfer.ObjectType;
import org.openiomt.core.wire.Remainder;

/** The objects of a server in their order, and which of them its filters show. Not for use by several threads at once. */
final class ObjectShelf {
    private static final long FIRST_ID = 256;

    private final List<Item> items = new ArrayList<>();
    private final List<ObjectListFilter> filters = new ArrayList<>();
    private long nextId = FIRST_ID;

    /** An object. */
    static final class Item {
        final long id;
        final ObjectType type;
        final LocalDateTime created;
        final Set<ObjectProperties.Property> allowed;
        String name;
        byte[] content;
        long allocated;
        LocalDateTime modified;

        Item(long id, String name, ObjectType type, LocalDateTime now, Set<ObjectProperties.Property> allowed) {
            this.id = id;
            this.name = name;
            this.type = type;
            this.created = now;
            this.modified = now;
            this.allowed =
                    allowed.isEmpty() ? EnumSet.noneOf(ObjectProperties.Property.class) : EnumSet.copyOf(allowed);
            this.content = new byte[0];
        }

        boolean allows(ObjectProperties.Property property) {
            return allowed.contains(property);
        }
    }

    ObjectShelf(int filters) {
        this.filters.addAll(Collections.nCopies(filters, everything()));
    }

    static ObjectListFilter everything() {
        return new ObjectListFilter.Plain(ObjectListFilter.ALL, Remainder.NONE);
    }

    Item add(String name, ObjectType type, LocalDateTime now, Set<ObjectProperties.Property> allowed) {
        Item item = new Item(nextId, name, type, now, allowed);
        nextId++;
        items.add(item);
        return item;
    }

    void remove(Item item) {
        items.remove(item);
    }

    Optional<Item> find(long id) {
        return items.stream().filter(item -> item.id == id).findFirst();
    }

    List<Long> ids() {
        return items.stream().map(item -> item.id).toList();
    }

    boolean isTaken(String name) {
        return items.stream().anyMatch(item -> item.name.equals(name));
    }

    ObjectListFilter filter(int index) {
        return filters.get(index);
    }

    void filter(int index, ObjectListFilter filter) {
        filters.set(index, filter);
    }

    void showAll() {
        Collections.fill(filters, everything());
    }

    /** Returns the objects that pass all filters, in order. */
    List<Item> shown() {
        return items.stream()
                .filter(item -> filters.stream().allMatch(filter -> passes(item, filter)))
                .toList();
    }

    void sort(int order) {
        Comparator<Item> by = switch (order & ~Order.DESCENDING) {
            case Order.BY_NAME -> Comparator.comparing(item -> item.name);
            case Order.BY_TYPE -> Comparator.comparing(item -> item.type.uuid());
            case Order.BY_SIZE -> Comparator.comparingInt(item -> item.content.length);
            case Order.BY_CREATION -> Comparator.comparing(item -> item.created);
            case Order.BY_CHANGE -> Comparator.comparing(item -> item.modified);
            default -> throw new IllegalArgumentException("unknown order " + order);
        };
        items.sort((order & Order.DESCENDING) == 0 ? by : by.reversed());
    }

    /** Whether a filter can be applied: a reserved one cannot, nor one whose times do not exist. */
    static boolean isKnown(ObjectListFilter filter) {
        if (filter instanceof ObjectListFilter.ByTime bounds) {
            return bounds.from().local().isPresent() && bounds.to().local().isPresent();
        }
        return filter.filter() <= ObjectListFilter.MARKED;
    }

    private static boolean passes(Item item, ObjectListFilter filter) {
        if (filter instanceof ObjectListFilter.ByName wanted) {
            String name = wanted.name().text();
            return switch (filter.filter()) {
                case ObjectListFilter.NAME_STARTS -> item.name.startsWith(name);
                case ObjectListFilter.NAME_ENDS -> item.name.endsWith(name);
                case ObjectListFilter.NAME_CONTAINS -> item.name.contains(name);
                default -> item.name.equals(name);
            };
        }
        if (filter instanceof ObjectListFilter.ByType wanted) {
            return item.type.uuid().equals(wanted.type().uuid());
        }
        if (filter instanceof ObjectListFilter.ByTime bounds) {
            LocalDateTime time = filter.filter() == ObjectListFilter.CREATED_BETWEEN ? item.created : item.modified;
            return !time.isBefore(bounds.from().local().orElseThrow())
                    && !time.isAfter(bounds.to().local().orElseThrow());
        }
        if (filter instanceof ObjectListFilter.BySize bounds) {
            long size = filter.filter() == ObjectListFilter.SIZE_BETWEEN ? item.content.length : item.allocated;
            return size >= bounds.min() && size <= bounds.max();
        }
        return filter.filter() != ObjectListFilter.MARKED || item.allows(ObjectProperties.Property.MARK);
    }
}
