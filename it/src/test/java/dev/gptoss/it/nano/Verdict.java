package dev.gptoss.it.nano;

import java.util.List;

/**
 * What an answer is worth.
 *
 * @param isRight whether the expectation is met: the call with every argument, the JSON value, or the pattern
 * @param isCall whether the model called a function
 * @param namesExpectedFunction whether it called the function that the expectation names
 * @param callFaults what is wrong with the calls: names nobody declared, arguments that do not fit
 * @param isRecord whether the model answered with a record
 * @param recordFaults what is wrong with the record
 */
record Verdict(
        boolean isRight,
        boolean isCall,
        boolean namesExpectedFunction,
        List<String> callFaults,
        boolean isRecord,
        List<String> recordFaults) {}
