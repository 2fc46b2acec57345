package io.busbar.balancing.allocate;

import java.util.Comparator;

/**
 * Plain string order: by code points, which is also the order of the UTF-8 bytes. {@link
 * String#compareTo} would put U+10000 and above, as surrogates, before U+E000.
 */
enum IdOrder implements Comparator<String> {
  BY_CODE_POINT;

  @Override
  public int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char left = a.charAt(i);
      char right = b.charAt(i);
      if (left != right) {
        boolean leftIsPair = Character.isSurrogate(left);
        return leftIsPair == Character.isSurrogate(right)
            ? Character.compare(left, right)
            : Boolean.compare(leftIsPair, !leftIsPair);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
