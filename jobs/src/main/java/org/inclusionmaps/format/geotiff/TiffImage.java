package org.inclusionmaps.format.geotiff;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image of one band in a TIFF or BigTIFF, read block by block: in strips or tiles, of whole or
 * floating-point numbers, not compressed or by Deflate, LZW or PackBits, with a horizontal or
 * floating-point predictor. Where its pixels lie is not looked at.
 *
 * <p>Each exception tells what is wrong with the file and what to do about it.
 *
 * <p>Source: TIFF 6.0; TIFF Technical Note 3 for the floating-point predictor; tags 42112 and 42113
 * as GDAL documents them.
 */
public final class TiffImage {
  /**
   * The most bytes of a block: 4 bytes a pixel of a 1 degree tile of 1 second in one strip, twice.
   */
  private static final long MOST_BLOCK_BYTES = 128L << 20;

  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int FILL_ORDER = 266;
  private static final int STRIP_OFFSETS = 273;
  private static final int BANDS = 277;
  private static final int ROWS_PER_STRIP = 278;
  private static final int STRIP_BYTES = 279;
  private static final int PREDICTOR = 317;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;
  private static final int SAMPLE_FORMAT = 339;
  private static final int GDAL_METADATA = 42112;
  private static final int GDAL_NODATA = 42113;
  private static final Pattern SCALED = Pattern.compile("role=\"(scale|offset)\"[^>]*>([^<]*)<");

  private final Bytes file;
  private final TiffTags tags;
  private final int width;
  private final int height;
  private final int blockWidth;
  private final int blockHeight;
  private final Samples samples;
  private final Unpacking unpacking;
  private final boolean tiled;
  private final Index places;
  private final Index sizes;

  TiffImage(Bytes file, TiffTags tags) throws IOException {
    this.file = file;
    this.tags = tags;
    checkBands();
    this.width = size(tags.whole(WIDTH, 0), "width");
    this.height = size(tags.whole(HEIGHT, 0), "height");
    this.tiled = tags.has(TILE_WIDTH);
    this.blockWidth = tiled ? size(tags.whole(TILE_WIDTH, 0), "tile width") : width;
    this.blockHeight =
        tiled
            ? size(tags.whole(TILE_HEIGHT, 0), "tile height")
            : (int) Math.min(height, Math.max(1, tags.whole(ROWS_PER_STRIP, height)));
    this.samples =
        Samples.of(
            (int) tags.whole(BITS, 1), (int) tags.whole(SAMPLE_FORMAT, 1), tags.order(), noData());
    this.unpacking =
        Unpacking.of(
            (int) tags.whole(COMPRESSION, 1),
            (int) tags.whole(PREDICTOR, 1),
            samples.bytes(),
            tags.order());
    checkBlocks();
    this.places = new Index(offsets());
    this.sizes = new Index(byteCounts());
  }

  /**
   * Reads the header of an image.
   *
   * @param number of the image in the file, from 0; in a Cloud-Optimised GeoTIFF the overviews
   *     follow the whole image, each half as wide as the one before
   * @throws IOException if it is no such file, has no such image or cannot be read
   */
  public static TiffImage open(Bytes file, int number) throws IOException {
    return new TiffImage(file, TiffTags.read(file, number));
  }

  private void checkBands() throws IOException {
    long bands = tags.whole(BANDS, 1);
    if (bands != 1) {
      throw new IOException(
          "it has %d bands, and which one holds the heights is not known; gdal_translate -b 1 IN"
                  .formatted(bands)
              + " OUT takes the first");
    }
    if (tags.whole(FILL_ORDER, 1) != 1) {
      throw new IOException("its bits are in reverse; gdal_translate IN OUT writes it anew");
    }
    Matcher scaled = SCALED.matcher(tags.text(GDAL_METADATA));
    while (scaled.find()) {
      String neutral = scaled.group(1).equals("scale") ? "1" : "0";
      if (!scaled.group(2).strip().replaceAll("\\.0*$", "").equals(neutral)) {
        throw new IOException(
            "its numbers are heights only after a %s of %s; gdal_translate -unscale IN OUT applies"
                    .formatted(scaled.group(1), scaled.group(2))
                + " it");
      }
    }
  }

  private @Nullable Double noData() throws IOException {
    String text = tags.text(GDAL_NODATA);
    try {
      return text.isEmpty() ? null : Double.valueOf(text.replaceAll("(?i)nan", "NaN"));
    } catch (NumberFormatException e) {
      throw new IOException("its nodata value is no number: " + text, e);
    }
  }

  private static int size(long claimed, String what) throws IOException {
    if (claimed < 1 || claimed > Integer.MAX_VALUE) {
      throw new IOException("its %s is %,d".formatted(what, claimed));
    }
    return (int) claimed;
  }

  private void checkBlocks() throws IOException {
    long bytes = (long) blockWidth * blockHeight;
    if (bytes > MOST_BLOCK_BYTES / samples.bytes()) {
      throw new IOException(
          "its blocks are of %,d x %,d pixels, too many to hold at once; gdal_translate -co"
                  .formatted(blockWidth, blockHeight)
              + " TILED=YES -co COMPRESS=DEFLATE IN OUT makes them smaller");
    }
    long blocks = blocksAcross() * ((height - 1L) / blockHeight + 1);
    if (tags.count(offsets()) != blocks || tags.count(byteCounts()) != blocks) {
      throw new IOException(
          "it claims %,d x %,d pixels in %,d blocks, but tells the places of %,d; it is damaged"
              .formatted(width, height, blocks, tags.count(offsets())));
    }
  }

  private int offsets() {
    return tiled ? TILE_OFFSETS : STRIP_OFFSETS;
  }

  /** A number of each block, read for many of them at a time: each read may be of a far disk. */
  private final class Index {
    private static final int AT_A_TIME = 4096;

    private final int tag;
    private long first = -1;
    private long[] numbers = new long[0];

    Index(int tag) {
      this.tag = tag;
    }

    long of(long block) throws IOException {
      if (first < 0 || block < first || block >= first + numbers.length) {
        long start = block / AT_A_TIME * AT_A_TIME;
        numbers = tags.wholes(tag, start, (int) Math.min(AT_A_TIME, tags.count(tag) - start));
        first = start;
      }
      return numbers[(int) (block - first)];
    }
  }

  private int byteCounts() {
    return tiled ? TILE_BYTES : STRIP_BYTES;
  }

  private long blocksAcross() {
    return (width - 1L) / blockWidth + 1;
  }

  /** Columns of pixels. */
  public int width() {
    return width;
  }

  /** Rows of pixels. */
  public int height() {
    return height;
  }

  /** Columns of pixels in a block; the last one of a row may reach beyond the raster. */
  public int blockWidth() {
    return blockWidth;
  }

  /** Rows of pixels in a block; the last one of a column may have fewer. */
  public int blockHeight() {
    return blockHeight;
  }

  /**
   * Whether the file has bytes of a block; one that it leaves out is the same number everywhere.
   */
  public boolean has(int column, int row) throws IOException {
    return sizes.of(row * blocksAcross() + column) > 0;
  }

  /**
   * The numbers of a block, row by row, {@link #blockWidth()} in each; NaN where not known. A last
   * strip has only the rows that the raster has.
   *
   * @param column of the block among blocks, from 0
   * @param row of the block among blocks, from 0
   */
  public float[] block(int column, int row) throws IOException {
    long block = row * blocksAcross() + column;
    int rows = tiled ? blockHeight : Math.min(blockHeight, height - row * blockHeight);
    int size = blockWidth * rows * samples.bytes();
    long at = places.of(block);
    long packed = sizes.of(block);
    if (packed == 0) {
      return samples.absent(blockWidth * rows);
    }
    if (packed > 2 * MOST_BLOCK_BYTES) {
      throw new IOException("a block claims %,d bytes; it is damaged".formatted(packed));
    }
    byte[] bytes = TiffTags.bytes(file, at, (int) packed);
    try {
      return samples.heights(unpacking.unpacked(bytes, size, blockWidth));
    } catch (IOException e) {
      throw new IOException(
          "its block %,d of %,d does not read: %s; it is damaged"
              .formatted(block + 1, tags.count(offsets()), e.getMessage()),
          e);
    }
  }
}
