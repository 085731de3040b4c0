package dev.gptoss.engine.compute.cpu;

/** The contract in registers of 512 bits. */
class Vector512BackendTests extends VectorBackendContract {

    @Override
    protected int species() {
        return 512;
    }
}
