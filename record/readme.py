import json,sys,os,re
os.chdir(sys.argv[1])
names=sorted(f[:-5] for f in os.listdir('src/jmh/results') if f.endswith('.json'))
runs=[json.load(open('src/jmh/results/%s.json'%n)) for n in names]
def three(v): return '%.*f'%(0 if v>=99.95 else 1 if v>=9.995 else 2, v)
PAIRS=[('vector','onednn'),('vector','onednn-bare'),('vector','libtorch'),('portable','nest')]
def med(run):
    m={};sizes={}
    for r in run['results']:
        sizes.setdefault(r['layer'],r['sizes'])
        d=m.setdefault(r['layer'],{}).setdefault(r['pass'],{})
        if r.get('median') is not None: d[r['contender']]=r['median']
    return m,sizes
ms=[med(r) for r in runs]
head=['layer']+['%s ÷ %s, %s'%(a,b,n.replace('jdk','JDK ')) for a,b in PAIRS for n in names]
rows=[head]
for l,s in ms[0][1].items():
    row=[l+': '+s]
    for a,b in PAIRS:
        for m,_ in ms:
            row.append(' · '.join(three(c[b]/c[a]) if a in c and b in c else '–' for c in m.get(l,{}).values()))
    rows.append(row)
w=[max(3,max(len(r[c]) for r in rows)) for c in range(len(head))]
t=''
for i,r in enumerate(rows):
    for c,x in enumerate(r):
        sp=' '*(w[c]-len(x)); t+='| '+(x+sp if c<1 else sp+x)+' '
    t+='|\n'
    if i==0:
        for c in range(len(head)): t+='| '+'-'*(w[c]-1)+('-' if c<1 else ':')+' '
        t+='|\n'
def count(m,a,b,x=1):
    n=k=0
    for p in m.values():
        for c in p.values():
            if a in c and b in c: n+=1; k+= c[b]/c[a]>=x
    return k,n
words=[]
for n,(m,_),r in zip(names,ms,runs):
    a=count(m,'vector','onednn'); b=count(m,'vector','onednn-bare'); c=count(m,'portable','nest',10); d=count(m,'vector','libtorch')
    words.append('On %s generated vectors are at least as fast as oneDNN from arrays to arrays in %d of %d cells, as its primitive alone, with data in its own layouts, in %d of %d, and as libtorch in %d of %d; plain Java is at least ten times as fast as the loop nest in %d of %d.'%(n.replace('jdk','JDK '),*a,*b,*d,*c))
r0=runs[0]
files='; '.join('%s: [all numbers](src/jmh/results/%s.md)'%(n.replace('jdk','JDK '),n) for n in names)
sec='''## How fast

Times as fast, forward · gradient of the input · gradient of the weights, on one core of an %s, %s:

%s
`vector` is a class with `{ target = vector }`, `portable` one in plain Java, `nest` the loop nest in equation order, which `{ unroll = none }` emits. oneDNN and PyTorch's libtorch are called from Java, from arrays to arrays; `onednn-bare` is oneDNN's primitive alone. A dash stands where one of the two has no such pass, or a wrong result. %s No call of a generated class allocates. %s.

%s

All of it is measured with JMH by

```sh
%s
```

which compares every result with double precision before it is timed; the profile `peers` fetches oneDNN and PyTorch for Linux on x86-64. `--workloads D,E` looks at a part in minutes, `--list` prints the choices.

'''%(r0['processor'],r0['date'],t,' '.join(words),files,'\n'.join('![Times as fast as oneDNN, %s](src/jmh/results/%s.svg)'%(n.replace('jdk','JDK '),n) for n in names),'\n'.join(r['command'] for r in runs))
s=open('README.md').read()
if '## How fast' in s:
    a=s.index('## How fast'); b=s.index('## ',a+5)
    s=s[:a]+sec+s[b:]
else:
    a=s.index('## How it is made')
    s=s[:a]+sec+s[a:]
    a=s.index('`taskset -c 1 mvn -q -Ppeers'); b=s.index('Licence: [Apache')
    s=s[:a]+s[b:]
open('README.md','w').write(s)
