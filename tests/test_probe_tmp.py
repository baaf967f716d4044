import sys, time
sys.path.insert(0,"/tmp/fastm")
from cpuplug import tree
from tests.conftest import *
from tests.browser.test_axe import *
from tests.browser import test_axe as T
from axe_playwright_python.sync_playwright import Axe
def test_probe(chromium, server, app):
    c=chromium.new_context(**PHONE, base_url=server.url, bypass_csp=True, color_scheme="light"); p=c.new_page()
    paths=[*fixed_paths(app,"en"), *one_of_each_kind(app,"en")]
    print(len(paths))
    tot={}
    rows=[]
    def ph(n,f):
        t=tree(); r=f(); d=tree()-t; tot[n]=tot.get(n,0)+d; return d
    for path in paths:
        row=[ph("goto",lambda:p.goto(path)), ph("style",lambda:(p.add_style_tag(content="*{content-visibility:visible!important}"),p.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)"))),
        ph("inject",lambda:p.evaluate(Axe().axe_script) if hasattr(Axe(),'axe_script') else None),
        ph("all",lambda:violations(p,EVERYTHING)),
        ph("contrast",lambda:violations(p,CONTRAST)),
        ph("noext",lambda:violations(p,{**EVERYTHING,"rules":{"color-contrast-enhanced":{"enabled":False},"color-contrast":{"enabled":False}}})),
        ph("pre",lambda:violations(p,{**EVERYTHING,"preload":False}))]
        rows.append((sum(row),path,[round(x,2) for x in row], p.evaluate("document.querySelectorAll('*').length")))
    print(tot)
    for r in sorted(rows,reverse=True)[:14]: print(r)
