"""Opens a layer in QGIS as a user does and draws it.

usage: render.py LAYER PICTURE [STYLE [WEST SOUTH EAST NORTH]]
LAYER: a file, file|layername=name, or a folder of vector tiles as z/x/y.pbf, whose box in degrees must be told.
Without STYLE the style that comes with it is used.
Says the kind of renderer, the features, and the colours of the picture with their pixels.
"""

import os
import sys
from collections import Counter

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], False)
application.initQgis()
source, picture = sys.argv[1:3]
if os.path.isdir(source):
    deepest = max(int(zoom) for zoom in os.listdir(source) if zoom.isdigit())
    layer = QgsVectorTileLayer(f"type=xyz&zmin=0&zmax={deepest}&url=file://{source}/{{z}}/{{x}}/{{y}}.pbf", "tiles")
elif source.endswith(".tif"):
    layer = QgsRasterLayer(source, "layer")
else:
    layer = QgsVectorLayer(source, "layer", "ogr")
if len(sys.argv) > 3:
    message, loaded = layer.loadNamedStyle(sys.argv[3])
    if not loaded:
        sys.exit("the style is refused: " + message)
if not layer.isValid():
    sys.exit("the layer is refused: " + source)
renderer = layer.renderer()
print("renderer", renderer.type())
if isinstance(layer, QgsVectorLayer):
    print("features", layer.featureCount())
settings = QgsMapSettings()
settings.setLayers([layer])
settings.setDestinationCrs(layer.crs())
settings.setExtent(layer.extent())
if len(sys.argv) > 4:
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    to_layer = QgsCoordinateTransform(degrees, layer.crs(), QgsProject.instance())
    settings.setExtent(to_layer.transformBoundingBox(QgsRectangle(*map(float, sys.argv[4:8]))))
settings.setOutputSize(QSize(400, 400))
settings.setBackgroundColor(QColor("#ccddee"))
job = QgsMapRendererSequentialJob(settings)
job.start()
job.waitForFinished()
image = job.renderedImage()
image.save(picture)
colours = Counter(
    QColor(image.pixel(x, y)).name() for x in range(image.width()) for y in range(image.height())
)
for colour, pixels in colours.most_common():
    print("colour", colour, pixels)
sys.stdout.flush()
os._exit(0)  # QGIS may crash while it takes itself down
