package dev.adjoint.fault;

import java.util.BitSet;

/** Says which of the planted faults is there: planted code asks at each place where it has one. Serves one thread. */
public final class Switch {
    /** The work of the code with a fault comes to no end. */
    static final class Runaway extends Error {
        private static final long serialVersionUID = 1;
    }

    private static int fault = -1;
    private static long left;
    private static BitSet reached = new BitSet();

    private Switch() {}

    /** Called by planted code. */
    public static boolean on(int number) {
        if (fault < 0) {
            reached.set(number);
            left++;
            return false;
        }
        if (--left < 0) {
            throw new Runaway();
        }
        return number == fault;
    }

    /** From here on there is no fault; the places that are come by are taken down. */
    static BitSet none() {
        fault = -1;
        left = 0;
        reached = new BitSet();
        return reached;
    }

    /** How often planted code has asked since there is no fault. */
    static long questions() {
        return left;
    }

    /** From here on there is this fault; it may be asked so many times for faults. */
    static void to(int number, long questions) {
        fault = number;
        left = questions;
    }
}
