/** The security room. */
module org.openiomt.security {
    requires transitive org.openiomt.core;

    exports org.openiomt.security;
}
