package org.openiomt.security.session;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A memory of peers in memory; the file reads and writes it line by line. */
class RememberedPeers implements PeerMemory {
    private final Set<String> postQuantum = new HashSet<>();
    private final Map<String, Long> latest = new HashMap<>();
    private long own;

    @Override
    public synchronized boolean isPostQuantum(String peer) {
        return postQuantum.contains(peer);
    }

    @Override
    public synchronized void rememberPostQuantum(String peer) {
        if (!postQuantum.contains(peer)) {
            write("hybrid " + peer);
            postQuantum.add(peer);
        }
    }

    @Override
    public synchronized boolean advance(String peer, long helloTime) {
        Long before = latest.get(peer);
        if (before != null && helloTime <= before) {
            return false;
        }
        write("hello " + peer + " " + helloTime);
        latest.put(peer, helloTime);
        return true;
    }

    @Override
    public synchronized long nextHelloTime(long now) {
        long next = Math.max(own + 1, now);
        write("own " + next);
        own = next;
        return own;
    }

    /** Writes down what is about to be remembered; when this throws, it is not. */
    void write(String line) {}

    /** Remembers a line that was written down. Returns whether it was one. */
    final synchronized boolean remember(String line) {
        String[] words = line.split(" ", -1);
        try {
            if (words.length == 2 && words[0].equals("hybrid")) {
                postQuantum.add(words[1]);
            } else if (words.length == 3 && words[0].equals("hello")) {
                latest.merge(words[1], Long.parseLong(words[2]), Math::max);
            } else if (words.length == 2 && words[0].equals("own")) {
                own = Math.max(own, Long.parseLong(words[1]));
            } else {
                return false;
            }
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Returns all of it, in as few lines as it takes. */
    final synchronized String lines() {
        StringBuilder all = new StringBuilder();
        postQuantum.forEach(peer -> all.append("hybrid ").append(peer).append('\n'));
        latest.forEach((peer, time) ->
                all.append("hello ").append(peer).append(' ').append(time).append('\n'));
        return all.append("own ").append(own).append('\n').toString();
    }

    final synchronized int size() {
        return postQuantum.size() + latest.size();
    }
}
