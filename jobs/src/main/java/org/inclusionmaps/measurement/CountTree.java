package org.inclusionmaps.measurement;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The public tree of what is shown without noise: areas of the levels that count, then places. All
 * leaves have the same depth. Where a place has no area at a level, a node without a name of its
 * own stands there: children add up to their parent then, and it is never shown.
 */
final class CountTree implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  /** What no name of an area begins with. */
  private static final String NAMELESS = "\u0000";

  private final int[][] nodeOf;
  private final String[] names;
  private final int[] depths;

  // The driver alone asks for these: they need not travel.
  private final transient List<String> parents = new ArrayList<>();
  private final transient List<String> labels = new ArrayList<>();
  private final transient List<String> parentLabels = new ArrayList<>();

  /**
   * The tree of some queries.
   *
   * @param queries one a depth: levels of areas ascending, then places if these count
   */
  CountTree(Spine spine, List<Query> queries) {
    long[] places = spine.places();
    nodeOf = new int[queries.size()][places.length];
    Map<String, Integer> numbers = new HashMap<>();
    List<String> all = new ArrayList<>();
    List<Integer> depth = new ArrayList<>();
    for (int place = 0; place < places.length; place++) {
      String above = "";
      for (int d = 0; d < nodeOf.length; d++) {
        Query query = queries.get(d);
        int area = query.ofLeaves() ? -1 : spine.area(query.level(), place);
        String label = "";
        String parentLabel = "";
        if (query.ofLeaves()) {
          label = spine.label(place);
          parentLabel = spine.parent(place);
        } else if (area >= 0) {
          label = spine.areas(query.level()).get(area);
          parentLabel = spine.parent(label);
        }
        String name =
            label.isEmpty()
                ? NAMELESS + d + above
                : (query.ofLeaves() ? "place " : "area ") + label;
        Integer number = numbers.get(name);
        if (number == null) {
          number = all.size();
          numbers.put(name, number);
          all.add(name);
          depth.add(d);
          parents.add(above);
          labels.add(label);
          parentLabels.add(parentLabel);
        }
        nodeOf[d][place] = number;
        above = name;
      }
    }
    names = all.toArray(String[]::new);
    depths = depth.stream().mapToInt(Integer::intValue).toArray();
  }

  /** How many nodes there are. */
  int nodes() {
    return names.length;
  }

  /** The node of a depth above a leaf of the frame, or that leaf. */
  int node(int depth, int leaf) {
    return nodeOf[depth][leaf];
  }

  int depth(int node) {
    return depths[node];
  }

  /** Its name among all nodes. */
  String name(int node) {
    return names[node];
  }

  /** The name of the node above; empty at the top. */
  String parent(int node) {
    return parents.get(node);
  }

  /** The id of its area, or the place's H3 index; empty where it is not to be shown. */
  String label(int node) {
    return labels.get(node);
  }

  /** The area above it of those that count; empty at the top. */
  String parentLabel(int node) {
    return parentLabels.get(node);
  }
}
