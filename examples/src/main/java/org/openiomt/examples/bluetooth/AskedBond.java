package org.openiomt.examples.bluetooth;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.openiomt.ble.bluez.Pairing;
import org.openiomt.ble.bluez.PairingAnswer;
import org.openiomt.ble.bluez.PairingRequest;

/** Asks the user about every bond, on the terminal. What is not answered with yes or a number is a no. */
final class AskedBond implements Pairing {
    private static final Pattern PASSKEY = Pattern.compile("\\d{1,6}");

    private final PrintWriter out;
    private final BufferedReader in;

    AskedBond(PrintWriter out) {
        this(out, new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    }

    AskedBond(PrintWriter out, BufferedReader in) {
        this.out = out;
        this.in = in;
    }

    @Override
    public Means means() {
        return Means.KEYBOARD_DISPLAY;
    }

    @Override
    public CompletionStage<PairingAnswer> asked(PairingRequest request) {
        if (request instanceof PairingRequest.ShowPasskey show) {
            print("%s: type %06d into the device".formatted(show.address(), show.passkey()));
            return CompletableFuture.completedFuture(PairingAnswer.ACCEPTED);
        }
        if (request instanceof PairingRequest.EnterPasskey enter) {
            return answer(enter.address() + ": which number does the device show?", true);
        }
        if (request instanceof PairingRequest.Compare compare) {
            return answer(
                    "%s: does the device show %06d? (yes/no)".formatted(compare.address(), compare.passkey()), false);
        }
        return answer(request.address() + ": bond without proof of which device it is? (yes/no)", false);
    }

    /** The terminal is waited for by a thread of its own: the transport's must go on. */
    private CompletionStage<PairingAnswer> answer(String question, boolean isNumber) {
        CompletableFuture<PairingAnswer> answer = new CompletableFuture<>();
        Thread asking = new Thread(
                () -> {
                    print(question);
                    try {
                        String line = in.readLine();
                        answer.complete(understood(line == null ? "" : line.strip(), isNumber));
                    } catch (IOException e) {
                        answer.completeExceptionally(e);
                    }
                },
                "pairing-question");
        asking.setDaemon(true);
        asking.start();
        return answer;
    }

    private static PairingAnswer understood(String line, boolean isNumber) {
        if (isNumber) {
            return PASSKEY.matcher(line).matches()
                    ? PairingAnswer.passkey(Integer.parseInt(line))
                    : PairingAnswer.REFUSED;
        }
        return line.equalsIgnoreCase("yes") || line.equalsIgnoreCase("y")
                ? PairingAnswer.ACCEPTED
                : PairingAnswer.REFUSED;
    }

    private void print(String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }
}
