def log = new File(basedir, 'build.log').getText('UTF-8')

assert new File(basedir, 'target/generated-sources/adjoint/com/acme/layers/Correlation3x3.java').isFile()
assert log.contains('2 classes checked: 2 written, 0 unchanged, 0 deleted')
assert !log.contains('[WARNING]') : 'what is generated compiles without a warning'

def loader = new URLClassLoader([new File(basedir, 'target/classes').toURI().toURL()] as URL[])
def image = new float[36]
(0..5).each { row -> (3..5).each { column -> image[row * 6 + column] = 1 } }
// A step between the third and the fourth column: every window across it sees three pixels more on its right. Of each
// four windows the first that sees it wins, whose bright column is its last.
assert loader.loadClass('com.acme.Edges').find(image) ==
        '[3.0, 3.0, 3.0, 3.0] [0.0, 2.0, 4.0, 0.0, 2.0, 4.0, 0.0, 2.0, 4.0]'
true
