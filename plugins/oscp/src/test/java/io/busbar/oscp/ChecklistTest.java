package io.busbar.oscp;

import static org.assertj.core.api.Assertions.assertThat;

import io.busbar.testkit.RealData;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Every case of the conformance checklist is a test, or is named as missing. */
class ChecklistTest {

  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([TRHBFGOP]-\\d\\d) \\|");

  private static List<String> resource(String name) throws IOException {
    try (var in = ChecklistTest.class.getResourceAsStream("/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" ", 2)[0])
          .toList();
    }
  }

  @Test
  void everyCaseIsATestOrIsNamedAsMissing() throws Exception {
    Set<String> tested = tested();
    List<String> missing = resource("checklist-missing.txt");
    missing.forEach(id -> System.out.println("checklist: no test yet for " + id));

    Set<String> together = new TreeSet<>(tested);
    together.addAll(missing);
    assertThat(together).containsExactlyInAnyOrderElementsOf(resource("checklist.txt"));
    assertThat(missing).doesNotHaveDuplicates().doesNotContainAnyElementsOf(tested);
  }

  @Test
  void theListIsThatOfTheSpecification() throws IOException {
    Path file = RealData.file("../spec/oscp.md");
    Matcher rows = ROW.matcher(Files.readString(file));
    List<String> ids = new ArrayList<>();
    while (rows.find()) {
      ids.add(rows.group(1));
    }

    assertThat(resource("checklist.txt")).containsExactlyElementsOf(ids).hasSize(140);
  }

  private static Set<String> tested() throws Exception {
    Set<String> tested = new TreeSet<>();
    Path classes = Path.of(ChecklistTest.class.getResource("ChecklistTest.class").toURI());
    try (var files = Files.list(classes.getParent())) {
      for (Path file : files.filter(f -> f.toString().endsWith("Test.class")).toList()) {
        String name = file.getFileName().toString().replace(".class", "");
        Class<?> test = Class.forName("io.busbar.oscp." + name);
        for (Method method : test.getDeclaredMethods()) {
          if (method.isAnnotationPresent(Checklist.class)) {
            assertThat(
                    method.isAnnotationPresent(Test.class)
                        || method.isAnnotationPresent(ParameterizedTest.class))
                .as("%s is a test", method)
                .isTrue();
            tested.addAll(List.of(method.getAnnotation(Checklist.class).value()));
          }
        }
      }
    }
    return tested;
  }
}
