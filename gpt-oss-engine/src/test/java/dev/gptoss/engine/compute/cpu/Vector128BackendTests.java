package dev.gptoss.engine.compute.cpu;

/** The contract in registers of 128 bits. */
class Vector128BackendTests extends VectorBackendContract {

    @Override
    protected int species() {
        return 128;
    }
}
