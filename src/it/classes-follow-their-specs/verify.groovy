def log = new File(basedir, 'build.log').getText('UTF-8')

def told = log.readLines().findAll { it =~ /written|up to date/ }
assert told.size() == 3
assert told[0].contains('2 classes: 2 written, 0 unchanged, 0 deleted')
assert told[1].contains('up to date')
assert told[2].contains('1 class: 1 written, 0 unchanged, 1 deleted')

assert !new File(basedir, 'target/generated-sources/adjoint/com/acme/layers/Shifting.java').exists()
assert !new File(basedir, 'target/classes/com/acme/layers/Shifting.class').exists()

def loader = new URLClassLoader([new File(basedir, 'target/classes').toURI().toURL()] as URL[])
assert loader.loadClass('com.acme.Scaled').one() == 3 : 'the edited spec triples'
true
