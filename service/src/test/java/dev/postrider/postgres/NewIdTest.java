package dev.postrider.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class NewIdTest {
    @Test
    void idsAreOfVersionSevenAndEachIsGreaterThanTheOneBefore() {
        var ids = Stream.generate(NewId::get).limit(10_000).toList();
        assertThat(ids).allMatch(id -> id.version() == 7);
        assertThat(ids.stream().map(Object::toString)).isSorted().doesNotHaveDuplicates();
    }
}
