package org.openiomt.examples.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openiomt.examples.cli.BadInputException;
import org.openiomt.examples.cli.Open;
import org.openiomt.security.audit.AuditLog;
import org.openiomt.security.audit.NoteSigner;

/**
 * Where a gateway or an application keeps its audit log: {@code audit.log}, and in {@code audit.key} the key that signs it. Both lie
 * in one folder, which serves an example: elsewhere the key belongs in a token, and checkpoints to somebody else.
 */
public final class AuditFolder {
    private static final String LOG_NAME = "openiomt.example/";

    private AuditFolder() {}

    /**
     * Opens the log of a folder, and makes the folder where there is none.
     *
     * @param open gets what is to be closed
     * @param name who keeps the log, as its checkpoints name it
     * @throws org.openiomt.security.audit.AuditException when the log was changed
     */
    public static AuditLog open(Open open, Path folder, String name) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new BadInputException(folder + ": cannot be made: " + e.getMessage(), e);
        }
        NoteSigner signer = open.add(NoteSigner.open(folder.resolve("audit.key"), LOG_NAME + name));
        return open.add(AuditLog.open(folder.resolve("audit.log"), signer));
    }
}
