package org.inclusionmaps.format.geotiff;

import java.io.IOException;

/**
 * A GeoTIFF of one band of heights in degrees: its first image, and where the pixels lie.
 *
 * <p>Each exception tells what is wrong with the file and what to do about it.
 */
public final class GeoTiff {
  private final TiffImage image;
  private final GeoReference reference;

  private GeoTiff(TiffImage image, GeoReference reference) {
    this.image = image;
    this.reference = reference;
  }

  /**
   * Reads the header.
   *
   * @throws IOException if it is no such file, cannot be read, or its heights could be mistaken
   */
  public static GeoTiff open(Bytes file) throws IOException {
    TiffTags tags = TiffTags.read(file, 0);
    return new GeoTiff(new TiffImage(file, tags), GeoReference.of(tags));
  }

  /** Where the pixels lie. */
  public GeoReference reference() {
    return reference;
  }

  /** Columns of pixels. */
  public int width() {
    return image.width();
  }

  /** Rows of pixels. */
  public int height() {
    return image.height();
  }

  /** Columns of pixels in a block; the last one of a row may reach beyond the raster. */
  public int blockWidth() {
    return image.blockWidth();
  }

  /** Rows of pixels in a block; the last one of a column may have fewer. */
  public int blockHeight() {
    return image.blockHeight();
  }

  /** The heights of a block, as {@link TiffImage#block}. */
  public float[] block(int column, int row) throws IOException {
    return image.block(column, row);
  }
}
