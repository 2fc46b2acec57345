package io.busbar.balancing.allocate;

import java.util.Arrays;

/**
 * Names numbered in the order in which they come: an open hash table of ints beside the names
 * themselves, a tenth of what a map of boxed numbers takes.
 */
final class Names {

  private static final int FREE = 0;

  private String[] names = new String[16];
  private int size;

  /** One more than the number of a name; half of the slots stay free. */
  private int[] slots = new int[32];

  int size() {
    return size;
  }

  String name(int number) {
    return names[number];
  }

  /** Whether a name is new, and then numbered {@code size() - 1}. */
  boolean add(String name) {
    int slot = slot(name);
    if (slots[slot] != FREE) {
      return false;
    }
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      rehash();
      slot = slot(name);
    }
    names[size] = name;
    slots[slot] = ++size;
    return true;
  }

  boolean contains(String name) {
    return slots[slot(name)] != FREE;
  }

  /**
   * The number of a name that is there.
   *
   * @throws IllegalArgumentException if it is not
   */
  int number(String name) {
    int found = slots[slot(name)];
    if (found == FREE) {
      throw new IllegalArgumentException("no name " + name);
    }
    return found - 1;
  }

  private int slot(String name) {
    int hash = name.hashCode() * 0x9E3779B9;
    int slot = hash >>> (Integer.numberOfLeadingZeros(slots.length) + 1);
    while (slots[slot] != FREE && !names[slots[slot] - 1].equals(name)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    for (int number = 0; number < size; number++) {
      slots[slot(names[number])] = number + 1;
    }
  }
}
