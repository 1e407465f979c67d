package org.inclusionmaps.grid;

/**
 * A point on the ground.
 *
 * @param lon longitude, degrees WGS84, −180 to 180
 * @param lat latitude, degrees WGS84, −90 to 90
 */
public record LonLat(double lon, double lat) {}
