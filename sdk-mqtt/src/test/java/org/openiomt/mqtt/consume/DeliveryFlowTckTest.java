package org.openiomt.mqtt.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;
import org.testng.SkipException;
import org.testng.annotations.Test;

/** Runs each test of the Reactive Streams TCK, which are TestNG's, as one test of JUnit, so that they are counted. */
class DeliveryFlowTckTest {
    private static final ExecutorService EXECUTOR = Executors.newFixedThreadPool(2);

    @AfterAll
    static void stop() {
        EXECUTOR.shutdownNow();
    }

    @TestFactory
    List<DynamicTest> theReactiveStreamsTck() {
        List<DynamicTest> tests = Arrays.stream(DeliveryFlowVerification.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .filter(method ->
                        !method.getName().startsWith("untested_")) // rules that the TCK names but cannot check
                .filter(method -> !method.getName().contains("multicast")) // for several subscribers at a time
                .filter(method -> !method.getName().contains("_maySupportMultiSubscribe")) // the same
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> DynamicTest.dynamicTest(method.getName(), () -> run(method)))
                .toList();
        assertThat(tests).as("tests of TCK 1.0.4").hasSize(27);
        return tests;
    }

    private static void run(Method test) throws Throwable {
        DeliveryFlowVerification verification = new DeliveryFlowVerification(EXECUTOR);
        verification.setUp();
        try {
            test.invoke(verification);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SkipException) {
                String message = "NOT TESTED: the TCK passes over " + test.getName() + ": "
                        + e.getCause().getMessage();
                System.err.println(message);
                throw new TestAbortedException(message);
            }
            throw e.getCause();
        }
    }
}
