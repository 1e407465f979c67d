/** The {@code geo} metadata of GeoParquet 1.1 files. It writes no Parquet. */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.format.geoparquet;
