def log = new File(basedir, 'build.log').getText('UTF-8')

assert new File(basedir, 'target/classes/com/acme/EdgesVector.class').isFile()
assert log.contains('error[E015]') || log.contains('E015') : 'the second build says what hides the module'
assert log.contains('its --release hides modules that incubate')
assert log.contains('<arg>--add-modules</arg><arg>jdk.incubator.vector</arg>')

// This JVM was not started with the module: the class does without.
def loader = new URLClassLoader([new File(basedir, 'target/classes').toURI().toURL()] as URL[])
def edges = loader.loadClass('com.acme.Edges').getConstructor().newInstance()
assert edges.target() == 'plain Java'
def x = new float[edges.lengthX()]
edges.forward(new float[144], new float[18], [1, 2] as float[], x)
assert x[0] == 1 && x[x.length - 1] == 2
true
