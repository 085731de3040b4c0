package dev.gptoss.engine.compute.cpu;

/** The contract in registers of 256 bits. */
class Vector256BackendTests extends VectorBackendContract {

    @Override
    protected int species() {
        return 256;
    }
}
