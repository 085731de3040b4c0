package dev.gptoss.engine.schema.ir;

import java.util.List;

/**
 * What one schema says of the items of an array.
 *
 * @param prefix literals of the first items
 * @param rest literal of the other items
 */
record ArrayRule(List<Integer> prefix, int rest) {

    int literalAt(int index) {
        return index < prefix.size() ? prefix.get(index) : rest;
    }
}
