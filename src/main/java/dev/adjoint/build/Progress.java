package dev.adjoint.build;

/** Hears of a run's progress; called from one thread at a time. */
public interface Progress {
    /** Hears nothing. */
    Progress NONE = new Progress() {
        @Override
        public void begin(String phase, int items) {}

        @Override
        public void item(String name) {}

        @Override
        public void end() {}
    };

    /**
     * A phase begins.
     *
     * @param phase what is done, as {@code derive}
     * @param items of how many things
     */
    void begin(String phase, int items);

    /** Work on one of the things begins. */
    void item(String name);

    /** The phase is over. */
    void end();
}
