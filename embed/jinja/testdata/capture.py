"""Renders constructs of Jinja by Python's engine, for embed/jinja/engine_test.ts.

    python capture.py > cases.json        # with jinja2 3.1.6
"""
import json
import sys

from jinja2 import DictLoader, Environment

CONTEXT = {
    "flag": False, "yes": True, "n": 7, "zero": 0, "price": 3.14159, "x": "a", "empty": "",
    "name": "Ada Lovelace", "html": "<b>&</b>", "xs": [3, 1, 2], "words": ["pear", "apple", "fig"],
    "d": {"b": 1, "a": 2}, "nested": {"list": [{"k": 1}, {"k": 2}]}, "no": [], "nothing": {},
    "people": [{"name": "Ada", "age": 36, "city": "London"}, {"name": "Bob", "age": 20, "city": "Paris"}, {"name": "Eve", "age": 36, "city": "London"}],
    "matrix": [[1, 2], [3, 4]], "text": "one two  three", "floats": [1.5, 0.25],
}
OTHERS = {
    "base.html": "<{% block head %}H{% block inner %}I{% endblock %}{% endblock %}|{% block body %}B{% endblock %}>",
    "middle.html": "{% extends 'base.html' %}{% block body %}M({{ super() }}){% endblock %}",
    "macros.html": "{% macro field(label, value='none') %}[{{ label }}={{ value }}]{% endmacro %}{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}{% set version = 3 %}",
    "part.html": "part {{ n }} {{ local }}",
    "scoped.html": "{% for x in xs %}{% block item scoped %}{{ x }}{% endblock %}{% endfor %}",
    "required.html": "{% block must required %}{% endblock %}",
}
CASES = {line.split(" :: ", 1)[0]: line.split(" :: ", 1)[1] for line in """
equals False :: {% if flag == False %}yes{% else %}no{% endif %}
None is none :: {{ None is none }} {{ none is none }} {{ n is none }}
True and true :: {{ True }} {{ true }} {{ False }} {{ None }}
loop filter :: {% for a in xs if a > 1 %}{{ a }},{{ loop.index }}/{{ loop.length }};{% endfor %}
loop else :: {% for a in no %}{{ a }}{% else %}none{% endfor %}
loop filter else :: {% for a in xs if a > 9 %}{{ a }}{% else %}none{% endfor %}
negative index :: {{ xs[-1] }} {{ words[-2] }} {{ name[-1] }}
slices :: {{ xs[1:] }} {{ xs[:1] }} {{ name[1:3] }} {{ xs[::-1] }} {{ words[-2:] }} {{ xs[::2] }}
empty list is false :: {% if [] %}yes{% else %}no{% endif %}{% if no %}yes{% else %}no{% endif %}
empty dict is false :: {% if {} %}yes{% else %}no{% endif %}{% if nothing %}yes{% else %}no{% endif %}
truth :: {{ not '' }} {{ not 'a' }} {{ not 0 }} {{ not [0] }} {{ [] or 'x' }} {{ {} and 1 }} {{ 'a' and 'b' }}
percent :: {{ '%s' % x }} {{ '%d of %d' % (n, 9) }} {{ '%.2f' % price }} {{ '%05d|%-4s|%+d' % (n, x, n) }}
percent mapping :: {{ '%(b)s-%(a)s' % d }}
modulo :: {{ n % 4 }} {{ -7 % 4 }} {{ 7.5 % 2 }}
items :: {% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}
keys and values :: {{ d.keys() | list }} {{ d.values() | list }} {{ d.get('a') }} {{ d.get('q') }} {{ d.get('q', 5) }}
items filter :: {% for k, v in d | items %}{{ k }}={{ v }};{% endfor %}
dictsort :: {% for k, v in d | dictsort %}{{ k }}={{ v }};{% endfor %}
iterating a dict :: {% for k in d %}{{ k }}{% endfor %} {{ 'a' in d }} {{ 'q' in d }} {{ d | length }}
with :: {% with a = 1, b = n %}{{ a + b }}{% endwith %}{{ a }}
with scope :: {% set v = 1 %}{% with %}{% set v = 2 %}{{ v }}{% endwith %}{{ v }}
map attribute :: {{ people | map(attribute='name') | join(', ') }}
map filter :: {{ words | map('upper') | join('-') }} {{ xs | map('string') | list }}
map default :: {{ people | map(attribute='zip', default='?') | join }}
select :: {{ xs | select('gt', 1) | list }} {{ xs | reject('odd') | list }} {{ [0, 1, ''] | select | list }}
selectattr :: {{ people | selectattr('age', 'equalto', 36) | map(attribute='name') | list }} {{ people | rejectattr('age', 'lt', 30) | map(attribute='name') | join }}
groupby :: {% for city, group in people | groupby('city') %}{{ city }}: {{ group | map(attribute='name') | join(',') }};{% endfor %}
groupby names :: {% for g in people | groupby('age') %}{{ g.grouper }}={{ g.list | length }};{% endfor %}
namespace :: {% set ns = namespace(total=0) %}{% for a in xs %}{% set ns.total = ns.total + a %}{% endfor %}{{ ns.total }}
loop scope :: {% set v = 0 %}{% for a in xs %}{% set v = a %}{% endfor %}{{ v }}
loop variables :: {% for a in xs %}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.depth }};{% endfor %}
loop neighbours :: {% for a in xs %}{{ loop.previtem }}<{{ a }}<{{ loop.nextitem }};{% endfor %}
loop cycle :: {% for a in xs %}{{ loop.cycle('odd', 'even') }} {% endfor %}
loop changed :: {% for a in [1, 1, 2] %}{{ loop.changed(a) }} {% endfor %}
loop outer :: {% for row in matrix %}{% set outer = loop %}{% for a in row %}{{ outer.index }}{{ loop.index }} {% endfor %}{% endfor %}
unpacking :: {% for a, b in matrix %}{{ a }}+{{ b }};{% endfor %}{% for (a, b) in [(1, 2)] %}{{ a }}{{ b }}{% endfor %}
recursive loop :: {% for a in [{'v': 1, 'c': [{'v': 2, 'c': []}]}] recursive %}{{ a.v }}({{ loop(a.c) }}){% endfor %}
set block :: {% set text %}<i>{{ n }}</i>{% endset %}{{ text }}
set block filter :: {% set text | upper %}abc{% endset %}{{ text }}
set several :: {% set a, b = 1, 2 %}{{ a }}{{ b }}
filter block :: {% filter upper %}abc {{ x }}{% endfilter %}
macro :: {% macro field(label, value='v', kind=none) %}[{{ label }}:{{ value }}:{{ kind }}]{% endmacro %}{{ field('a') }}{{ field('b', kind=1) }}{{ field('c', 'd', 'e') }}
macro varargs :: {% macro m(a) %}{{ a }} {{ varargs }} {{ kwargs }}{% endmacro %}{{ m(1, 2, 3, k=4) }}
macro caller :: {% macro box(title) %}<{{ title }}>{{ caller() }}</{{ title }}>{% endmacro %}{% call box('b') %}in {{ n }}{% endcall %}
macro caller arguments :: {% macro list(xs) %}{% for x in xs %}{{ caller(x) }};{% endfor %}{% endmacro %}{% call(x) list(xs) %}<{{ x }}>{% endcall %}
import :: {% import 'macros.html' as m %}{{ m.field('a') }}{{ m.twice('z') }}{{ m.version }}
from import :: {% from 'macros.html' import field as f, twice %}{{ f('a', value=2) }}{{ twice(html) }}
include :: {% set local = 'here' %}{% include 'part.html' %}
include missing :: {% include 'nothing.html' ignore missing %}ok{% include ['nothing.html', 'part.html'] %}
extends :: {% extends 'base.html' %}{% block body %}new{% endblock %}
super :: {% extends 'base.html' %}{% block body %}({{ super() }}){% endblock %}
super nested :: {% extends 'base.html' %}{% block head %}<{{ super() }}>{% endblock %}
super nested inner :: {% extends 'base.html' %}{% block head %}<{{ super() }}>{% endblock %}{% block inner %}i{{ super() }}{% endblock %}
super in a block within :: {% extends 'base.html' %}{% block body %}x{% block new %}{{ super() if false else 'n' }}{% endblock %}y{{ super() }}{% endblock %}
super twice :: {% extends 'middle.html' %}{% block body %}T({{ super() }}){% endblock %}
self block :: {% block title %}T{% endblock %}-{{ self.title() }}
scoped block :: {% extends 'scoped.html' %}{% block item %}<{{ x }}>{% endblock %}
dynamic extends :: {% set base = 'base.html' %}{% extends base %}{% block body %}dynamic{% endblock %}
set before block :: {% extends 'base.html' %}{% set v = 5 %}{% block body %}{{ v }}{% endblock %}
whitespace control :: a {%- if yes %} b {%- endif -%} c {{- n -}} d
line comments :: a{# comment {{ n }} #}b
raw :: {% raw %}{{ n }}{% endraw %}
escape :: {{ html }} {{ html | safe }} {{ html | e }} {{ html | escape }} {{ '<' ~ html }}
autoescape off :: {% autoescape false %}{{ html }}{% endautoescape %}
concat :: {{ 'a' ~ n ~ none ~ true }} {{ 'a' + 'b' }} {{ [1] + [2] }} {{ 'ab' * 2 }}
arithmetic :: {{ 7 / 2 }} {{ 7 // 2 }} {{ 2 ** 3 }} {{ -n }} {{ 4 / 2 }} {{ 1 + 2.0 }} {{ 7 * 1.0 }}
comparison chain :: {{ 1 < n < 9 }} {{ 1 < n > 9 }} {{ n != 7 }} {{ [1] == [1] }} {{ {'a': 1} == {'a': 1} }}
in :: {{ 1 in xs }} {{ 'da' in name }} {{ 9 not in xs }}
conditional expression :: {{ 'a' if flag else 'b' }} {{ 'a' if flag }}|
elif :: {% if n > 9 %}a{% elif n > 5 %}b{% else %}c{% endif %}
tests :: {{ n is odd }} {{ n is even }} {{ n is divisibleby 7 }} {{ n is number }} {{ x is string }} {{ xs is iterable }} {{ d is mapping }} {{ xs is sequence }} {{ n is integer }} {{ price is float }} {{ yes is boolean }}
defined :: {{ q is defined }} {{ n is defined }} {{ q is undefined }} {{ q | default('d') }} {{ '' | default('d', true) }} {{ flag | default('d', true) }}
more tests :: {{ n is eq 7 }} {{ n is ge 7 }} {{ n is in [7] }} {{ 'A' is upper }} {{ 'a' is lower }} {{ n is sameas n }} {{ n is not none }} {{ yes is true }} {{ flag is false }} {{ loop is defined }}
callable test :: {{ range is callable }} {{ n is callable }} {{ 'upper' is filter }} {{ 'odd' is test }}
string methods :: {{ name.upper() }} {{ name.lower() }} {{ name.split(' ') }} {{ name.startswith('A') }} {{ name.replace('A', 'I') }} {{ ' a '.strip() }}| {{ name.title() }} {{ x.capitalize() }} {{ ', '.join(words) }}
string methods 2 :: {{ name.find('L') }} {{ name.count('a') }} {{ 'a.b.c'.rsplit('.', 1) }} {{ 'x'.center(5) }}| {{ '7'.zfill(3) }} {{ 'abc'.isalpha() }} {{ '12'.isdigit() }} {{ name.endswith('e') }} {{ text.split() }}
format method :: {{ '{} and {}'.format(1, x) }} {{ '{0:.2f}'.format(price) }} {{ '{a}'.format(a=3) }} {{ '{:>5}|{:<5}|{:^5}|{:,}'.format(1, 2, 3, 12345) }}
list methods :: {{ xs.index(1) }} {{ xs.count(3) }} {% set l = [1] %}{% set _ = l.append(2) %}{{ l }}
range :: {{ range(3) | list }} {{ range(1, 4) | list }} {% for i in range(0, 6, 2) %}{{ i }}{% endfor %} {{ range(3, 0, -1) | list }}
dict function :: {{ dict(a=1) }} {% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }} {% set j = joiner('|') %}{{ j() }}a{{ j() }}b
numbers :: {{ 1.0 }} {{ 0.1 + 0.2 }} {{ 1e20 }} {{ 10 ** 20 }} {{ floats }} {{ price | round(2) }} {{ 7 | round }} {{ 3.7 | int }} {{ '3.7' | float }} {{ 'x' | int }} {{ '0x1f' | int(base=16) }}
round methods :: {{ 2.5 | round }} {{ 3.5 | round }} {{ 2.4 | round(method='ceil') }} {{ 2.6 | round(0, 'floor') }} {{ -3 | abs }}
reprs :: {{ [1, 'a', none, true] }} {{ {'k': 'v', 'n': none} }} {{ (1, 'b') }} {{ (1,) }} {{ ["it's"] }}
text filters :: {{ name | upper }} {{ name | lower }} {{ 'the end' | title }} {{ 'ABC' | capitalize }} {{ ' a ' | trim }}| {{ '--a-' | trim('-') }} {{ 'ab' | center(6) }}| {{ 'a<b>c</b>' | striptags }} {{ 'a b' | urlencode }} {{ name | replace('A', 'O') }}
truncate :: {{ 'foo bar baz qux' | truncate(9) }} {{ 'foo bar baz qux' | truncate(9, true) }} {{ 'foo bar baz qux' | truncate(11) }} {{ 'foo bar baz qux' | truncate(11, false, '...', 0) }}
indent :: {{ 'a\\nb' | indent(2) }}|{{ 'a\\nb' | indent(2, true) }}|{{ 'a\\n\\nb' | indent('> ') }}
wordcount :: {{ text | wordcount }} {{ 'foo bar baz' | wordwrap(7) }} {{ 3 | pprint }} {{ 1000000 | filesizeformat }} {{ 1000 | filesizeformat(true) }}
list filters :: {{ xs | sort }} {{ xs | sort(reverse=true) }} {{ words | sort }} {{ xs | first }} {{ xs | last }} {{ xs | length }} {{ xs | count }} {{ xs | sum }} {{ xs | min }} {{ xs | max }} {{ xs | reverse | list }} {{ [1, 1, 2] | unique | list }} {{ words | join(',') }}
sort by attribute :: {{ people | sort(attribute='age') | map(attribute='name') | join }} {{ people | sum(attribute='age') }} {{ people | sort(attribute='city,name', reverse=true) | map(attribute='name') | join }} {{ people | join(',', attribute='name') }} {{ people | max(attribute='age') | attr('x') is undefined }}
batch and slice :: {{ [1, 2, 3] | batch(2) | list }} {{ [1, 2, 3] | batch(2, 0) | list }} {{ [1, 2, 3] | slice(2) | list }}
sort case :: {{ ['b', 'A', 'c'] | sort }} {{ ['b', 'A', 'c'] | sort(case_sensitive=true) }} {{ ['b', 'A', 'B'] | unique | list }} {{ [2, 1] | sort | first }}
tojson :: {{ {'b': 1, 'a': '<x>'} | tojson }} {{ [1, none, true] | tojson }} {{ {'a': 1} | tojson(2) }}
xmlattr :: <a{{ {'class': 'my', 'id': none, 'title': 'a"b'} | xmlattr }}>
format filter :: {{ '%s is %d' | format(x, n) }} {{ '%.1f' | format(price) }}
attributes :: {{ nested.list[1].k }} {{ nested['list'][0]['k'] }} {{ people[0]['name'] }} {{ people.0.name }} {{ d | attr('a') }}|
undefined :: {{ missing }}|{{ d.missing }}|{{ missing | length }}|{{ xs[9] }}|{% for a in missing %}{% endfor %}{% if missing %}{% endif %}
undefined error :: {{ missing.deeper }}
undefined call :: {{ missing() }}
unknown filter :: {{ n | nosuchfilter }}
length of text :: {{ name | length }} {{ name | list | length }} {{ name | first }} {{ name[0] }} {{ name | reverse }}
do nothing string :: {{ "double" }} {{ 'sin"gle' }} {{ 'a\\'b' }} {{ 'tab\\tx' }} {{ "\\u00e9" }}
trailing newline :: a\\n
block newline :: {% if yes %}\\nb\\n{% endif %}\\nc
break and continue free :: {% for a in xs %}{% if a == 1 %}{% else %}{{ a }}{% endif %}{% endfor %}
in operator precedence :: {{ not 1 in xs }} {{ 1 + 2 * 3 }} {{ (1 + 2) * 3 }} {{ 2 ** 2 ** 3 }} {{ -2 ** 2 }} {{ not yes or yes }}
filter precedence :: {{ -3 | abs }} {{ 1 + 'ab' | length }} {{ 'a' ~ 'b' | upper }} {{ (n, 3) | max }}
test arguments :: {{ 4 is divisibleby(2) }} {{ n is greaterthan 3 }} {{ n is lessthan(3) }} {{ not n is odd }} {{ n is odd and yes }}
keyword arguments :: {{ 'foo bar baz' | truncate(length=5, killwords=true, end='~', leeway=0) }} {{ xs | sort(reverse=True) }} {{ 3.14159 | round(precision=1) }}
tuple and dict literals :: {% set t = (1, 2) %}{{ t[0] }} {% set m = {'a': {'b': 2}} %}{{ m.a.b }} {{ {1: 'x'}[1] }}
escaped concatenation :: {{ html ~ '<' | safe }} {{ (html | safe) ~ '<' }} {{ words | join(html | safe) }}
lipsum free :: {{ [1, 2] | random in [1, 2] }}
block set in loop :: {% for a in xs %}{% set s %}{{ a }}!{% endset %}{{ s }}{% endfor %}
nested macros :: {% macro a(x) %}<{{ x }}>{% endmacro %}{% macro b(x) %}{{ a(x) }}{{ a(a(x)) }}{% endmacro %}{{ b('&') }}
macro attributes :: {% macro m(a, b=1) %}{% endmacro %}{{ m.name }} {{ m.arguments }}
call with filter :: {{ 'a,b'.split(',') | map('upper') | list }} {{ (xs | sort)[0] }} {{ (words | first).upper() }}
""".strip().split("\n")}

env = Environment(loader=DictLoader(OTHERS), autoescape=True)
rows = []
for name, template in CASES.items():
    template = template.replace("\\n", "\n") if "newline" in name else template
    try:
        rows.append({"name": name, "template": template, "output": env.from_string(template).render(CONTEXT)})
    except Exception as error:
        rows.append({"name": name, "template": template, "error": type(error).__name__})
json.dump({"context": CONTEXT, "others": OTHERS, "rows": rows}, sys.stdout, indent=1)
