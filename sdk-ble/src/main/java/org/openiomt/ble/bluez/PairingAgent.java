package org.openiomt.ble.bluez;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openiomt.core.flow.Mailbox;
import org.openiomt.core.spi.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * BlueZ asks an agent what a user can see or type: about a bond that we begin, ours; about others, the default agent of the
 * machine, which is ours only where the application wants that. Ours passes the question to the application and refuses what is
 * not answered. Runs in the mailbox.
 *
 * When we bond first, BlueZ takes a bond without proof for granted and asks nobody; so the application is asked here.
 */
final class PairingAgent {
    private static final Logger LOG = LoggerFactory.getLogger(PairingAgent.class);
    private static final String PATH = "/org/openiomt/agent";
    private static final String AGENT = "org.bluez.Agent1";
    private static final String MANAGER = "org.bluez.AgentManager1";
    private static final String MANAGER_PATH = "/org/bluez";
    private static final String REJECTED = "org.bluez.Error.Rejected";

    private final BluezClient client;
    private final BluezSettings settings;
    private final Pairing pairing;
    private final Scheduler scheduler;
    private final Mailbox mailbox;
    private final Pairing.Means means;
    private int question;
    private @Nullable String bonding;
    private boolean isProofAsked;

    PairingAgent(BluezClient client, BluezSettings settings, Scheduler scheduler, Mailbox mailbox) {
        this.client = client;
        this.settings = settings;
        this.pairing = settings.pairing();
        this.scheduler = scheduler;
        this.mailbox = mailbox;
        this.means = pairing.means();
    }

    /** Registers with BlueZ, unless the application bonds with nobody. */
    void register() {
        if (pairing == Pairing.REFUSED) {
            return;
        }
        client.call(MANAGER_PATH, MANAGER, "RegisterAgent", BluezClient.BUS_TIMEOUT, "os", PATH, means.capability())
                .thenCompose(done -> pairing.isAgentOfMachine()
                        ? client.call(MANAGER_PATH, MANAGER, "RequestDefaultAgent", BluezClient.BUS_TIMEOUT, "o", PATH)
                        : CompletableFuture.completedFuture(done))
                .exceptionally(fault -> {
                    LOG.warn(
                            "{}", BluezFaults.of(fault, "registering for bonds").getMessage());
                    return null;
                });
    }

    /** Bonds with a device that has no bond; fails with {@link BluezException}. */
    CompletionStage<Void> bond(String path, String address) {
        BluezException refused =
                new BluezException(BluezFault.PAIRING_REFUSED, "bonding with " + address + ": the application refused");
        if (means == Pairing.Means.NONE) {
            return ask(new PairingRequest.JustWorks(address)).thenCompose(answer -> {
                if (!answer.isAccepted()) {
                    return CompletableFuture.failedFuture(refused);
                }
                return pair(path, address);
            });
        }
        return pair(path, address).thenCompose(done -> {
            if (isProofAsked) {
                return CompletableFuture.completedFuture(null);
            }
            return ask(new PairingRequest.JustWorks(address)).thenCompose(answer -> {
                if (answer.isAccepted()) {
                    return CompletableFuture.completedFuture(null);
                }
                LOG.info("the bond just made with {} has no proof and is not wanted", address);
                String adapter = path.substring(0, path.lastIndexOf('/'));
                return client.call(adapter, BluezObjects.ADAPTER, "RemoveDevice", BluezClient.BUS_TIMEOUT, "o", path)
                        .handle((removed, fault) -> {
                            throw refused;
                        });
            });
        });
    }

    private CompletionStage<Void> pair(String path, String address) {
        bonding = path;
        isProofAsked = false;
        return client.call(path, BluezObjects.DEVICE, "Pair", settings.pairingTimeout(), "")
                .handle((answer, fault) -> {
                    if (fault == null || BluezFaults.isNamed(fault, "AlreadyExists")) {
                        return null;
                    }
                    throw BluezFaults.of(fault, "bonding with " + address);
                });
    }

    /** The attempt is over; what is still asked for it is not answered any more. */
    void forget(String path) {
        if (path.equals(bonding)) {
            bonding = null;
            question++;
        }
    }

    /** BlueZ asks. */
    void called(Bus.Request request) {
        if (!request.path().equals(PATH) || !request.type().equals(AGENT)) {
            request.refuse("org.freedesktop.DBus.Error.UnknownObject", "there is no such object");
            return;
        }
        String path = request.values().isEmpty()
                ? ""
                : String.valueOf(request.values().get(0));
        String address = path.substring(path.lastIndexOf("/dev_") + 1)
                .replace("dev_", "")
                .replace('_', ':')
                .toUpperCase(Locale.ROOT);
        switch (request.method()) {
            case "RequestAuthorization" -> decide(request, new PairingRequest.JustWorks(address));
            case "RequestConfirmation" -> {
                proofAsked(path);
                decide(request, new PairingRequest.Compare(address, number(request, 1)));
            }
            case "RequestPasskey" -> {
                proofAsked(path);
                answer(request, new PairingRequest.EnterPasskey(address), answer -> {
                    OptionalInt passkey = answer.passkey();
                    if (passkey.isPresent()) {
                        request.answer("u", (long) passkey.getAsInt());
                    } else {
                        request.refuse(REJECTED, "no passkey was given");
                    }
                });
            }
            case "DisplayPasskey" -> {
                proofAsked(path);
                ask(new PairingRequest.ShowPasskey(address, number(request, 1), number(request, 2)));
                request.answer("");
            }
            case "Cancel" -> {
                question++;
                request.answer("");
            }
            case "Release" -> request.answer("");
            default -> request.refuse(REJECTED, "not for devices of this kind");
        }
    }

    private void proofAsked(String path) {
        if (path.equals(bonding)) {
            isProofAsked = true;
        }
    }

    private static int number(Bus.Request request, int index) {
        return index < request.values().size() && request.values().get(index) instanceof Number number
                ? number.intValue()
                : 0;
    }

    private void decide(Bus.Request request, PairingRequest asked) {
        answer(request, asked, answer -> {
            if (answer.isAccepted()) {
                request.answer("");
            } else {
                request.refuse(REJECTED, "refused by the application");
            }
        });
    }

    private void answer(Bus.Request request, PairingRequest asked, Consumer<PairingAnswer> then) {
        question++;
        int mine = question;
        ask(asked).thenAccept(answer -> {
            if (mine == question) {
                then.accept(answer);
            } else {
                request.refuse("org.bluez.Error.Canceled", "no longer asked");
            }
        });
    }

    /** Asks the application; a fault, a null and no answer in time are a no. Completes in the mailbox. */
    private CompletionStage<PairingAnswer> ask(PairingRequest request) {
        CompletableFuture<PairingAnswer> answered = new CompletableFuture<>();
        Scheduler.Cancellable timer = scheduler.schedule(
                settings.pairingTimeout(), () -> mailbox.execute(() -> answered.complete(PairingAnswer.REFUSED)));
        CompletionStage<PairingAnswer> asked;
        try {
            asked = pairing.asked(request);
        } catch (RuntimeException e) {
            asked = CompletableFuture.failedFuture(e);
        }
        asked.whenComplete((answer, fault) -> {
            timer.cancel();
            mailbox.execute(() -> {
                if (fault != null) {
                    LOG.warn("the application failed to decide about a bond with {}", request.address(), fault);
                }
                answered.complete(fault != null || answer == null ? PairingAnswer.REFUSED : answer);
            });
        });
        return answered;
    }
}
