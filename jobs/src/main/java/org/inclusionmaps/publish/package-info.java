/**
 * The release: {@code Release} has its files written by the rooms below, {@code ReleaseCheck} says
 * whether they agree, the manifest accounts for them, and the pointer names it to readers. Also
 * here is what goes through a whole release: its catalogue, its viewer, the list of releases,
 * exports.
 *
 * <p>A run's tables go this way: {@code figures} sums them by place and area, {@code tiles}, {@code
 * rasters}, {@code desktop} and {@code report} each write files of them, all with {@code writing}.
 * Of these rooms others know {@code writing} alone. None computes a result.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.publish;
