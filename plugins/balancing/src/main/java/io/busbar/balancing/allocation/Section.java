package io.busbar.balancing.allocation;

/**
 * The part of the forest that a class of connectors lives in: its members, and the inner nodes
 * above them, numbered anew in the same order. Serving a class costs no more than its section is
 * large.
 */
final class Section {

  private final Forest forest;

  /** Number of inner nodes. */
  int size;

  /** By number: the inner node. */
  final int[] inner;

  /** By number: the parent's number; of the joining root, itself. */
  final int[] up;

  /** By number and one more: the first of the members that hang from it directly. */
  final int[] first;

  /** Places, ascending. */
  int[] members;

  /** By inner node: its number, if that number is its own in {@link #inner}. */
  private final int[] numberOf;

  private Section(Forest forest, int[] inner, int[] up, int[] first) {
    this.forest = forest;
    this.inner = inner;
    this.up = up;
    this.first = first;
    this.numberOf = new int[forest.inners()];
  }

  /** All there is. */
  static Section whole(Forest forest) {
    Section section = new Section(forest, counting(forest.inners()), forest.up, forest.firstPlace);
    section.members = counting(forest.places());
    section.size = forest.inners();
    return section;
  }

  /** A section to be chosen later. */
  static Section of(Forest forest) {
    int inners = forest.inners();
    return new Section(forest, new int[inners], new int[inners], new int[inners + 1]);
  }

  private static int[] counting(int length) {
    int[] numbers = new int[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = i;
    }
    return numbers;
  }

  /**
   * Becomes the section above a range of places, which ascend.
   *
   * <p>The nodes above a place that are not above an earlier one come, from the top, behind all
   * those known already: that is depth-first order again. None of them has a member of its own
   * before this one.
   */
  void choose(int[] places, int from, int to) {
    members = places;
    size = 0;
    enterPath(Forest.JOINING_ROOT, Forest.JOINING_ROOT, 1, from);
    for (int member = from; member < to; member++) {
      int holder = forest.holder[places[member]];
      int strangers = 0;
      int node = holder;
      while (isStranger(node)) {
        strangers++;
        node = forest.up[node];
      }
      int above = numberOf[node];
      enterPath(holder, above, strangers, member);
    }
    first[size] = to;
  }

  private boolean isStranger(int node) {
    int number = numberOf[node];
    return number >= size || inner[number] != node;
  }

  private void enterPath(int holder, int above, int length, int member) {
    int node = holder;
    for (int number = size + length - 1; number >= size; number--) {
      inner[number] = node;
      up[number] = number == size ? above : number - 1;
      first[number] = member;
      numberOf[node] = number;
      node = forest.up[node];
    }
    size += length;
  }
}
