package io.busbar.balancing.allocation;

/**
 * Solves an allocation problem exactly, as the package describes. Deterministic, and independent of
 * the order in which nodes are listed.
 *
 * <p>Not thread-safe; keeps its working memory between decisions and so allocates none in the long
 * run.
 */
public final class Allocator {

  /** A node counts as full, and a minimum as fitting, within this many watts. */
  static final double SLACK = 1e-6;

  private final AllocationProblem problem;
  private final Allocation allocation;
  private final Admission admission;
  private final PatientAdmission patientAdmission;
  private final Filling filling;
  private final LineAdmission lineAdmission;
  private final LineFilling lineFilling;
  private final Rounding rounding;

  public Allocator(AllocationProblem problem) {
    this.problem = problem;
    Forest forest = problem.forest;
    double[] caps = new double[forest.places()];
    double[] committed = new double[forest.inners()];
    allocation = new Allocation(forest);
    admission = new Admission(problem, caps, committed, allocation);
    patientAdmission = new PatientAdmission(problem, admission, caps, committed, allocation);
    filling = new Filling(problem, caps, committed, allocation);
    lineAdmission = new LineAdmission(problem, admission, allocation);
    lineFilling = new LineFilling(problem, caps, allocation);
    rounding = new Rounding(problem, allocation);
  }

  /** Decides on the requests and limits as they are now. The result is overwritten by the next. */
  public Allocation allocate() {
    boolean lines = problem.wiring.isBounded();
    boolean patient = patientAdmission.isAsked();
    if (patient) {
      patientAdmission.admit();
    } else if (lines) {
      lineAdmission.admit();
    } else {
      admission.admit();
    }
    if (lines) {
      do {
        lineFilling.shareAll();
      } while (patient && patientAdmission.reconsider());
    } else {
      filling.shareAll();
    }
    rounding.round();
    return allocation;
  }
}
