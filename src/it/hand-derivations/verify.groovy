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

def derivations = new File(basedir, 'target/site/adjoint/com/acme/layers')
assert new File(derivations, 'Correlation.txt').getText('UTF-8')
        .contains('grad w[m, n] = sum[i < H-K1+1, j < W-K2+1](delta[i, j] * o[i+m, j+n])')
def json = new groovy.json.JsonSlurper().parse(new File(derivations, 'Correlation.json'), 'UTF-8')
assert json.layer == 'Correlation' && json.gradients*.of == ['grad o', 'grad w']
true
