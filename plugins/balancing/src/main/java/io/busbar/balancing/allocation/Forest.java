package io.busbar.balancing.allocation;

/**
 * The shape of a problem in depth-first order. An <em>inner</em> node is one that has a connector
 * below it, numbered parents first behind one root that joins the forest; a <em>place</em> is a
 * connector's number in the same walk. What is below a node is therefore a contiguous range, and a
 * walk through the arrays is a walk through memory. Among siblings the one with the first connector
 * comes first, so the order in which nodes are listed has no influence on any rounding.
 */
final class Forest {

  static final int JOINING_ROOT = 0;

  /** By inner node: its parent; of the joining root, itself. */
  final int[] up;

  /** By inner node and one more: the place of the first connector that hangs from it directly. */
  final int[] firstPlace;

  /** By inner node: the caller's number of it. */
  final int[] nodeOfInner;

  /** By node: the inner number; negative for connectors and for nodes without any. */
  final int[] innerOfNode;

  /** By node: its place; negative for all but connectors. */
  final int[] placeOfNode;

  /** By place: the inner node it hangs from. */
  final int[] holder;

  /** By place: the caller's number of the connector's node. */
  final int[] nodeOfPlace;

  /** By connector: its place. */
  final int[] placeOfConnector;

  Forest(ForestLayout layout) {
    up = layout.up();
    firstPlace = layout.firstPlace();
    nodeOfInner = layout.nodeOfInner();
    innerOfNode = layout.innerOfNode();
    placeOfNode = layout.placeOfNode();
    placeOfConnector = layout.placeOfConnector();
    nodeOfPlace = layout.nodeOfPlace();
    holder = layout.holder();
  }

  int inners() {
    return up.length;
  }

  int places() {
    return nodeOfPlace.length;
  }
}
