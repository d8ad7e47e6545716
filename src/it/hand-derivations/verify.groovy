def log = new File(basedir, 'build.log').getText('UTF-8')
def lines = log.readLines()

// Three claims of the spec, the method that it names, and the one whose Javadoc names a layer of the library.
assert lines.count { it =~ /PROVED  Correlation  \(\d\) grad [wo]\[.*  src.main.adjoint.correlation\.layer:\d+/ } == 3
assert lines.any { it =~ /PROVED  Correlation  grad w by com\.acme\.Correlation#weights  +src.main.java.com.acme.Correlation\.java:8/ }
assert lines.any { it =~ /PROVED  Dense +grad b by com\.acme\.Correlation#bias / }
assert lines.count { it.contains('5 claims, all proved') } == 1 : 'proved once'
assert lines.count { it.contains('Nothing to verify: nothing has changed since all was well') } == 1
assert lines.count { it.contains('Verification is skipped') } == 1
assert !log.contains('[ERROR]') && !log.contains('[WARNING] ' + basedir)

// An index, and on the page of the layer the gradients and why they are what they are.
def pages = new File(basedir, 'target/site/adjoint')
assert new File(pages, 'index.html').getText('UTF-8').contains('href="com/acme/layers/Correlation.html"')
def page = new File(pages, 'com/acme/layers/Correlation.html').getText('UTF-8')
assert ['<math', '<svg', 'full convolution', '<ol class="steps">'].every { page.contains(it) }
assert lines.any { it =~ /1 layer: 2 files written, 0 unchanged, 0 deleted in .*site.adjoint/ }
true
