/** Settings as records, checked when made. It knows neither Spark nor files other than settings. */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.config;
