package io.busbar.balancing.allocation;

import java.util.Arrays;

/** Brings a forest into depth-first order, without recursion, and checks it on the way. */
final class ForestLayout {

  /** The parent of roots. */
  private static final int ROOT = -1;

  private static final int NONE = -1;

  private final int[] parent;
  private final int[] connectorNode;

  /** Lists of children in the order of their first connector: by node, the roots at the end. */
  private final int[] firstChild;

  private final int[] lastChild;
  private final int[] nextSibling;
  private final int[] connectorOfNode;

  private final int[] up;
  private final int[] firstPlace;
  private final int[] nodeOfInner;
  private final int[] innerOfNode;
  private final int[] placeOfNode;
  private final int[] placeOfConnector;
  private final int[] nodeOfPlace;
  private final int[] holder;

  ForestLayout(int[] parent, int[] connectorNode) {
    this.parent = parent;
    this.connectorNode = connectorNode;
    int nodes = parent.length;
    connectorOfNode = filled(nodes);
    checkParents();
    checkConnectors();
    firstChild = filled(nodes + 1);
    lastChild = filled(nodes + 1);
    nextSibling = filled(nodes);
    int inners = linkChildren();

    up = new int[inners];
    firstPlace = new int[inners + 1];
    nodeOfInner = new int[inners];
    innerOfNode = filled(nodes);
    placeOfNode = filled(nodes);
    placeOfConnector = new int[connectorNode.length];
    nodeOfPlace = new int[connectorNode.length];
    holder = new int[connectorNode.length];
    number();
  }

  private void checkParents() {
    for (int node = 0; node < parent.length; node++) {
      if (parent[node] < ROOT || parent[node] >= node) {
        throw new IllegalArgumentException(
            "node %d: its parent %d must stand before it".formatted(node, parent[node]));
      }
    }
  }

  private void checkConnectors() {
    for (int connector = 0; connector < connectorNode.length; connector++) {
      int node = connectorNode[connector];
      if (node < 0 || node >= parent.length) {
        throw new IllegalArgumentException(
            "connector %d: there is no node %d".formatted(connector, node));
      }
      if (connectorOfNode[node] != NONE) {
        throw new IllegalArgumentException(
            "connectors %d and %d are the same node %d"
                .formatted(connectorOfNode[node], connector, node));
      }
      connectorOfNode[node] = connector;
    }
    for (int node = 0; node < parent.length; node++) {
      if (parent[node] != ROOT && connectorOfNode[parent[node]] != NONE) {
        throw new IllegalArgumentException(
            "node %d: its parent %d is a connector, which must be a leaf"
                .formatted(node, parent[node]));
      }
    }
  }

  /** Enters every node that has a connector below it into its parent's list; counts the inner. */
  private int linkChildren() {
    boolean[] linked = new boolean[parent.length];
    int inners = 1;
    for (int leaf : connectorNode) {
      int node = leaf;
      while (node != ROOT && !linked[node]) {
        linked[node] = true;
        int list = listOf(parent[node]);
        if (lastChild[list] == NONE) {
          firstChild[list] = node;
        } else {
          nextSibling[lastChild[list]] = node;
        }
        lastChild[list] = node;
        inners += connectorOfNode[node] == NONE ? 1 : 0;
        node = parent[node];
      }
    }
    return inners;
  }

  private int listOf(int node) {
    return node == ROOT ? parent.length : node;
  }

  /** Walks depth first; a node's own connectors get their places before its other children. */
  private void number() {
    nodeOfInner[Forest.JOINING_ROOT] = ROOT;
    int inners = 0;
    int places = 0;
    int node = ROOT;
    while (true) {
      int inner = inners++;
      nodeOfInner[inner] = node;
      up[inner] = node == ROOT ? inner : innerOf(parent[node]);
      if (node != ROOT) {
        innerOfNode[node] = inner;
      }
      firstPlace[inner] = places;
      places = placeConnectors(inner, places);
      int next = firstInner(firstChild[listOf(node)]);
      while (next == NONE && node != ROOT) {
        next = firstInner(nextSibling[node]);
        node = parent[node];
      }
      if (next == NONE) {
        firstPlace[inners] = places;
        return;
      }
      node = next;
    }
  }

  private int innerOf(int node) {
    return node == ROOT ? Forest.JOINING_ROOT : innerOfNode[node];
  }

  private int placeConnectors(int inner, int from) {
    int place = from;
    int node = firstChild[listOf(nodeOfInner[inner])];
    for (; node != NONE; node = nextSibling[node]) {
      if (connectorOfNode[node] != NONE) {
        placeOfNode[node] = place;
        placeOfConnector[connectorOfNode[node]] = place;
        nodeOfPlace[place] = node;
        holder[place++] = inner;
      }
    }
    return place;
  }

  /** The first node from here on in a list of siblings that is not a connector. */
  private int firstInner(int from) {
    int node = from;
    while (node != NONE && connectorOfNode[node] != NONE) {
      node = nextSibling[node];
    }
    return node;
  }

  private static int[] filled(int length) {
    int[] values = new int[length];
    Arrays.fill(values, NONE);
    return values;
  }

  int[] up() {
    return up;
  }

  int[] firstPlace() {
    return firstPlace;
  }

  int[] nodeOfInner() {
    return nodeOfInner;
  }

  int[] innerOfNode() {
    return innerOfNode;
  }

  int[] placeOfNode() {
    return placeOfNode;
  }

  int[] placeOfConnector() {
    return placeOfConnector;
  }

  int[] nodeOfPlace() {
    return nodeOfPlace;
  }

  int[] holder() {
    return holder;
  }
}
