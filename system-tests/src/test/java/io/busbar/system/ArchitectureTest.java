package io.busbar.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.busbar.testkit.Verifies;
import java.time.Clock;
import java.time.Instant;

/** What may know what. */
@Verifies("KN-01")
@AnalyzeClasses(packages = "io.busbar", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  private ArchitectureTest() {}

  private static final String[] PLUGINS = {
    "io.busbar.topology..",
    "io.busbar.balancing..",
    "io.busbar.capability..",
    "io.busbar.envelope..",
    "io.busbar.compat..",
    "io.busbar.oscp..",
    "io.busbar.simulator..",
    "io.busbar.commissioning..",
    "io.busbar.charger..",
    "io.busbar.web.."
  };

  @ArchTest
  static final ArchRule the_plugin_api_knows_vertx_core_and_nothing_else =
      classes()
          .that()
          .resideInAPackage("io.busbar.api..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.busbar.api..", "io.vertx.core..", "java..");

  @ArchTest
  static final ArchRule plugins_do_not_know_each_other =
      slices()
          .matching(
              "io.busbar.(topology|balancing|capability|envelope|compat|oscp|simulator"
                  + "|commissioning|web)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule plugins_do_not_know_the_kernel =
      noClasses()
          .that()
          .resideInAnyPackage(PLUGINS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.busbar.kernel..");

  @ArchTest
  static final ArchRule the_kernel_knows_nothing_of_energy =
      noClasses()
          .that()
          .resideInAPackage("io.busbar.kernel..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.busbar.api.topology..",
              "io.busbar.api.field..",
              "io.busbar.api.balancing..",
              "io.busbar.api.capability..",
              "io.busbar.api.envelope..",
              "io.busbar.api.compatibility..",
              "io.busbar.api.oscp..",
              "io.busbar.api.simulator..")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage(PLUGINS);

  @ArchTest
  static final ArchRule only_the_kernel_touches_the_event_bus =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.busbar.kernel..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx.core.eventbus..");

  @ArchTest
  static final ArchRule libraries_know_no_plugin_and_no_kernel =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.busbar.wire..",
              "io.busbar.documents..",
              "io.busbar.store..",
              "io.busbar.virtual..",
              "io.busbar.oscpstandin..",
              "io.busbar.modbus..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PLUGINS)
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("io.busbar.kernel..");

  @ArchTest
  static final ArchRule the_allocator_decides_without_anything =
      classes()
          .that()
          .resideInAPackage("io.busbar.balancing.allocation..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.busbar.balancing.allocation..", "java.lang..", "java.util..");

  @ArchTest
  static final ArchRule nobody_asks_the_system_for_the_time =
      noClasses()
          .that()
          .resideInAnyPackage(PLUGINS)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone");

  /** Besides the packages below: where decisions stand beside their verticle. */
  private static final String DECISIONS =
      "io\\.busbar\\.(topology\\.(Tree|TreeDerivation|TreeInvariants|SiteRules|SiteParser|Ratings)"
          + "|simulator\\.(Evse|EvseRating|Physics|BuildingLoad|PvArray|WorkplaceTraffic|FleetTraffic)"
          + "|simulator\\.scenario\\.(MaxFlow|OfflineOptimum|Outcome|Verdict)).*";

  @ArchTest
  static final ArchRule what_decides_imports_no_vertx_no_logger_and_no_clock =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.busbar.balancing.decide..",
              "io.busbar.balancing.apply..",
              "io.busbar.balancing.session..")
          .or()
          .haveNameMatching(DECISIONS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx.core..", "org.slf4j..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .because("verticles are thin and decisions are pure");
}
