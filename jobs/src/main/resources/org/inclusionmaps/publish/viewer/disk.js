// A page that is opened from a disk gets no modules from the browser: it says so.
if (location.protocol === "file:") {
  const told = document.getElementById("problem");
  told.textContent = STRINGS.noServer;
  told.hidden = false;
}
