package org.openiomt.ble.bluez;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/*
 * A connection to a message bus, without threads or time of its own kind above it. Tests put a bus in memory here. What the bus
 * tells (answers, signals, calls, its end) it tells from one thread in the order of the wire: a signal that the daemon sent
 * before an answer is heard before that answer.
 *
 * Values are those of plain Java:
 *   y Byte, b Boolean, n Short, q i Integer, u x t Long, d Double, s o g String, ay byte[], a List, a{} Map, () List,
 *   v the value itself (outwards: String s, Boolean b, Integer q, a List of text as).
 */
interface Bus extends AutoCloseable {
    /** Where the bus itself answers. */
    String DAEMON = "org.freedesktop.DBus";

    /** Calls a method; fails with {@link BusException}. Never waits, and has no time-out. */
    CompletionStage<Answer> call(Call call);

    /** Ends the connection; calls that wait fail, and the listener hears no end. */
    @Override
    void close();

    /**
     * A call.
     *
     * @param destination the name of who answers
     * @param path the object
     * @param type the interface
     * @param method the method's name
     * @param signature the types of the values, empty when there are none
     * @param values as many as the signature says
     */
    record Call(String destination, String path, String type, String method, String signature, List<Object> values) {}

    /** An answer: whose (the unique name), and its values. */
    record Answer(String sender, List<Object> values) {
        /** Returns the only value of an answer, when it is of this class. */
        <T> Optional<T> value(Class<T> type) {
            return values.stream().filter(type::isInstance).map(type::cast).findFirst();
        }
    }

    /** A signal: from whom (the unique name), about which object, and its values. */
    record Signal(String sender, String path, String type, String name, List<Object> values) {
        /** Returns the text at {@code index}, or nothing. */
        String text(int index) {
            return index < values.size() && values.get(index) instanceof String text ? text : "";
        }

        /** Returns the map at {@code index}, or an empty one. */
        Map<?, ?> map(int index) {
            return index < values.size() && values.get(index) instanceof Map<?, ?> map ? map : Map.of();
        }

        /** Returns the list at {@code index}, or an empty one. */
        List<?> list(int index) {
            return index < values.size() && values.get(index) instanceof List<?> list ? list : List.of();
        }
    }

    /** Somebody calls us and waits for one answer. */
    interface Request {
        /** Returns the unique name of who calls. */
        String sender();

        /** Returns the object that is called. */
        String path();

        /** Returns the interface. */
        String type();

        /** Returns the method. */
        String method();

        /** Returns what came with it. */
        List<Object> values();

        /** Answers. */
        void answer(String signature, Object... values);

        /** Answers with an error. */
        void refuse(String error, String message);
    }

    /** Hears what comes, on the bus's thread, in order; must not wait. */
    interface Listener {
        /** A signal came. */
        void signal(Signal signal);

        /** A call came. */
        void called(Request request);

        /** The connection ended, and not by us. */
        void closed(String reason);
    }

    /** Connects to a bus. */
    @FunctionalInterface
    interface Connector {
        /** Connects; fails with {@link BusException}. Closing the connection is the caller's. */
        Connecting connect(Listener listener);
    }

    /** A connection on its way. */
    interface Connecting {
        /** Returns the connection when it is there. */
        CompletionStage<Bus> connected();

        /** Gives it up, at whatever stage it is; nothing is left. */
        void abandon();
    }
}
