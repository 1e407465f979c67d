package org.inclusionmaps.publish;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inclusionmaps.publish.figures.ManyHexagons;
import org.inclusionmaps.publish.figures.ShownPlaces;
import org.inclusionmaps.publish.rasters.RasterAccount;
import org.inclusionmaps.publish.rasters.RasterMeasure;
import org.inclusionmaps.publish.rasters.Rasters;
import org.inclusionmaps.publish.writing.ReleaseContext;
import org.inclusionmaps.publish.writing.ReleaseFiles;

/** The rasters of many hexagons, checked as a release checks them, to be measured with. */
public final class ManyRasters {
  private ManyRasters() {}

  /** Writes the rasters of a release and reads them back; gives what was written. */
  public static List<String> write(ManyHexagons country, Path output) {
    ShownPlaces shown = country.shown();
    ReleaseContext context = MadeUpRun.context(output, "many");
    ReleaseFiles files =
        new ReleaseFiles(
            new org.apache.hadoop.fs.Path(output.toString()),
            shown.rows().sparkSession().sparkContext().hadoopConfiguration());
    List<RasterAccount> accounts = Rasters.write(shown, ManyHexagons.RESOLUTION, context, files);
    new ReleaseCheck().rasters(accounts, shown.chunks().country().figures(0));
    List<String> told = new ArrayList<>();
    accounts.stream()
        .filter(account -> account.measure() == RasterMeasure.PERSONS)
        .forEach(
            account ->
                told.add("level %d: %,d pixels".formatted(account.level(), account.pixels())));
    return told;
  }
}
