package dev.postrider.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The program's own classes, read once for all tests that look at its code. */
public final class ProgramClasses {
    private static final class All {
        static final JavaClasses CLASSES =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .withImportOption(location -> !location.contains("testkit"))
                        .importPackages("dev.postrider");
    }

    private ProgramClasses() {}

    public static JavaClasses all() {
        return All.CLASSES;
    }
}
