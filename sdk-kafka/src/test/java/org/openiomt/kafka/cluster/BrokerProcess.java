package org.openiomt.kafka.cluster;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One broker, in a process of its own: formats its folder at the first start, and ends with whoever has started it. */
public final class BrokerProcess {
    private BrokerProcess() {}

    /**
     * Runs a broker until the input ends.
     *
     * @param arguments the file of its properties, its folder, the id of the cluster
     */
    public static void main(String... arguments) throws Exception {
        Thread watch = new Thread(BrokerProcess::endWithTheInput, "watch");
        watch.setDaemon(true);
        watch.start();
        // Kafka's server is Scala, which this compiler would have to read; it is asked for by its name.
        if (!Files.exists(Path.of(arguments[1], "meta.properties"))) {
            String[] format = {"format", "--cluster-id", arguments[2], "--config", arguments[0]};
            Object code = call("kafka.tools.StorageTool", "execute", format, System.out);
            if (!Integer.valueOf(0).equals(code)) {
                System.exit(1);
            }
        }
        call("kafka.Kafka", "main", new String[] {arguments[0]});
    }

    private static Object call(String type, String method, String[] arguments, PrintStream... out)
            throws ReflectiveOperationException {
        try {
            Class<?> tool = Class.forName(type);
            return out.length == 0
                    ? String.valueOf(tool.getMethod(method, String[].class).invoke(null, (Object) arguments))
                    : tool.getMethod(method, String[].class, PrintStream.class).invoke(null, arguments, out[0]);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static void endWithTheInput() {
        try {
            while (System.in.read() >= 0) {
                // nothing is ever said
            }
        } catch (IOException e) {
            // as good as the end
        }
        Runtime.getRuntime().halt(1);
    }
}
