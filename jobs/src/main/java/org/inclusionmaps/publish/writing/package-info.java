/**
 * What each writer of files gets: what a run tells of itself, the files of the release, and how
 * numbers, names, pages, JSON and SQLite files are written. It knows no figure.
 */
@org.jspecify.annotations.NullMarked
package org.inclusionmaps.publish.writing;
