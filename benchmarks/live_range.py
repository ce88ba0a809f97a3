"""A workbook with a live range on the read route and formulas beside it, made and later refreshed by LibreOffice without a window.

    python3 benchmarks/live_range.py make FILE.ods 'http://127.0.0.1:8501/api/show.csv?metric=completion_rate,contact_rate&by=stage'
    python3 benchmarks/live_range.py refresh FILE.ods

By Debian's python3 with libreoffice-calc and python3-uno; between the two the app gets other data. Prints formulas and values, as saved and as refreshed;
exit code 1 where a formula is not the same afterwards. Links are updated from this folder alone, as a person allows it in LibreOffice's settings.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.table import CellAddress  # type: ignore[import-not-found]

PORT, FIRST = 2993, 4  # the row, from 0, the table begins in
FORMULAS = {
    "A1": "=COUNT(E6:E40)",
    "B1": "=AVERAGE(E6:E40)",
    "C1": '=SUMPRODUCT((B6:B40="Buy")*(A6:A40="completion_rate")*H6:H40)',
    "D1": '=IF(J6="shown";TEXT(E6;"0.0%");"withheld")',
}
LOOKED_AT = (*FORMULAS, "A5", "B6", "E6", "H6", "J6")
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="SecureURL" oor:op="fuse"><value><it>{folder}</it></value></prop></item>
</oor:items>
"""


def prop(name, value):
    """One argument of the office."""
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def started(folder, file):
    """The office's process and its desktop."""
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(SETTINGS.format(folder=file.parent.as_uri()))
    where = f"socket,host=127.0.0.1,port={PORT};urp;"
    process = subprocess.Popen(
        ["soffice", "--headless", "--norestore", f"-env:UserInstallation={folder.as_uri()}", f"--accept={where}"]
    )
    local = uno.getComponentContext()
    reach = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(90):
        try:
            context = reach.resolve(f"uno:{where}StarOffice.ComponentContext")
            return process, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:  # not there yet
            time.sleep(1)
    raise SystemExit("LibreOffice did not start")


def make(desktop, file, address):
    """The workbook with the table of `address` from A5 on and four formulas above it."""
    document = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, (prop("Hidden", True),))
    place = CellAddress()
    place.Row = FIRST
    how = ("CSV_all", "Text - txt - csv (StarCalc)", "44,34,76,1,,0,false,true")
    document.AreaLinks.insertAtPosition(place, address, *how)
    for cell, formula in FORMULAS.items():
        document.Sheets.getByIndex(0).getCellRangeByName(cell).Formula = formula
    document.calculateAll()
    shown(document, "made")
    document.storeToURL(file.as_uri(), (prop("FilterName", "calc8"),))
    document.close(True)
    return True


def refresh(desktop, file):
    """The same workbook opened with its links updated; whether its formulas are still those."""
    how = (prop("Hidden", True), prop("UpdateDocMode", 3), prop("MacroExecutionMode", 4))
    document = desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, how)
    for place in range(document.AreaLinks.Count):
        document.AreaLinks.getByIndex(place).refresh()
    time.sleep(4)
    document.calculateAll()
    shown(document, "refreshed")
    sheet = document.Sheets.getByIndex(0)
    kept = all(sheet.getCellRangeByName(cell).Formula == formula for cell, formula in FORMULAS.items())
    document.storeToURL(file.as_uri(), (prop("FilterName", "calc8"),))
    document.close(True)
    print("formulas kept" if kept else "formulas changed")
    return kept


def shown(document, what):
    """Print what stands in the cells looked at."""
    sheet = document.Sheets.getByIndex(0)
    print(what, {cell: sheet.getCellRangeByName(cell).String for cell in LOOKED_AT})


def main():
    """Make or refresh."""
    what, file = sys.argv[1], Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        process, desktop = started(Path(folder), file)
        try:
            kept = make(desktop, file, sys.argv[3]) if what == "make" else refresh(desktop, file)
        finally:
            desktop.terminate()
            process.wait(30)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
