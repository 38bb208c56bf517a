// Official component libraries in wxsim: one mini program for each, with a page for each component.
//
//     node libraries.mjs FOLDER WXSIM [LIBRARY …]
//
// FOLDER has the packages in `node_modules` and gets the programs. Every page is opened and everything on
// it that a user could do is done, by `wxsim check` (of a list its first items). An error fails the run,
// unless the library's table has the component among its exceptions with a reason; those are shown all the
// same. Components are the folders with a JSON file that says `"component": true`.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { tdesign } from './tdesign.mjs';
import { vant } from './vant.mjs';

/** What wxsim does not simulate yet and answers softly; anything else of that kind is an error. */
const SOFT = {};

const [folder, wxsim, ...wanted] = process.argv.slice(2);

/** Every folder of a component below a folder, by the path of its files without their ending. */
function components(root, below = '') {
    const found = [];
    for (const entry of readdirSync(join(root, below), { withFileTypes: true })) {
        const path = join(below, entry.name);
        if (entry.isDirectory() && entry.name !== 'miniprogram_npm') {
            found.push(...components(root, path));
        } else if (entry.name.endsWith('.json') && JSON.parse(readFileSync(join(root, path), 'utf8')).component === true) {
            found.push(path.slice(0, -'.json'.length));
        }
    }
    return found.sort();
}

/** `cell/index` and `cell/cell` are both `cell`; two components in one folder keep their own names. */
function called(path) {
    const own = path.split('/').at(-1);
    const parent = path.split('/').at(-2);
    return own === 'index' || own === parent ? dirname(path) : path;
}

function write(file, text) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
}

/** Whether a component has another one in it at any depth, as their JSON files say. */
function has(npm, path, wanted, seen = new Set()) {
    if (seen.has(path)) {
        return false;
    }
    seen.add(path);
    const { usingComponents = {} } = JSON.parse(readFileSync(join(npm, `${path}.json`), 'utf8'));
    const others = Object.values(usingComponents).map((other) => join(dirname(path), other));
    return others.some((other) => other === wanted || has(npm, other, wanted, seen));
}

function script(data, later) {
    return `Page({
    data: ${JSON.stringify(data)},
    onReady() { this.setData(${JSON.stringify(later)}); },
    heard(event) { this.setData({ last: event.type }); },
});
`;
}

/** The mini program of a library: its pages by component. */
function build(library, program) {
    const source = join(folder, 'node_modules', library.name);
    const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
    if (version !== library.version) {
        throw new Error(`${library.name} is ${version}, not ${library.version}`);
    }
    rmSync(program, { recursive: true, force: true });
    const npm = join(program, 'miniprogram_npm', library.name);
    cpSync(join(source, library.folder), npm, { recursive: true });
    const nested = join(npm, 'miniprogram_npm');
    if (existsSync(nested)) {
        cpSync(nested, join(program, 'miniprogram_npm'), { recursive: true });
        rmSync(nested, { recursive: true });
    }
    const paths = new Map(components(npm).map((path) => [called(path), path]));
    const unknown = Object.keys(library.pages).filter((name) => !paths.has(name));
    if (unknown.length > 0) {
        throw new Error(`${library.name} has no ${unknown.join(', ')}`);
    }
    const tag = (name) => library.prefix + name.replaceAll('/', '-');
    const tags = new Map([...paths].map(([name, path]) => [tag(name), `${library.name}/${path}`]));
    for (const [name, path] of paths) {
        const entry = library.pages[name] ?? `<${tag(name)} />`;
        const [template, data = {}, later = {}] = [entry].flat();
        const used = [...new Set([...template.matchAll(/<([\w-]+)/g)].map((match) => match[1]))];
        const using = Object.fromEntries(used.filter((own) => tags.has(own)).map((own) => [own, tags.get(own)]));
        if (!(tag(name) in using) && !Object.values(using).some((own) => has(join(program, 'miniprogram_npm'), own, `${library.name}/${path}`))) {
            throw new Error(`the page of ${name} has neither it nor a component that has it`);
        }
        const page = join(program, 'pages', name.replaceAll('/', '-'), 'index');
        write(`${page}.wxml`, `${template}\n`);
        write(`${page}.json`, JSON.stringify({ usingComponents: using }));
        write(`${page}.js`, script(data, later));
    }
    const pages = [...paths.keys()].map((name) => `pages/${name.replaceAll('/', '-')}/index`);
    write(join(program, 'app.json'), JSON.stringify({ pages, sitemapLocation: 'sitemap.json' }));
    write(join(program, 'app.js'), 'App({});\n');
    write(join(program, 'project.config.json'), JSON.stringify({ appid: 'wx0123456789abcdef', setting: { es6: true } }));
    return [...paths.keys()];
}

function check(program) {
    const done = spawnSync(wxsim, ['check', '--json', program], { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (done.status !== 0 && done.status !== 1) {
        throw new Error(`wxsim check ended with ${done.status}: ${done.stderr}`);
    }
    return JSON.parse(done.stdout).pages;
}

/** Prints the table of a library; whether it is as it should be. */
function judge(library) {
    const began = Date.now();
    const program = join(folder, library.name.replaceAll('/', '-'));
    const names = build(library, program);
    const reports = check(program);
    let [good, elements, taps, left, failed] = [0, 0, 0, 0, 0];
    console.log(`\n${library.name} ${library.version}: ${names.length} components`);
    console.log('component                            elements   taps  errors');
    names.forEach((name, at) => {
        const { errors, unsupported, screen = { elements: 0, tapped: 0, left_out: 0 } } = reports[at];
        const problems = errors.map((error) => {
            const after = error.tapped ? `, after ${error.tapped[0]}` : '';
            return `${error.message} (${error.place}${after})`;
        });
        problems.push(...unsupported.filter((own) => !(own in SOFT)).map((own) => `${own} is not simulated`));
        unsupported.forEach((own) => soft.add(own));
        if (screen.elements === 0) {
            problems.push('nothing is drawn');
        }
        const excuse = library.exceptions[name];
        console.log(`${name.padEnd(36)} ${String(screen.elements).padStart(8)} ${String(screen.tapped).padStart(6)}  ${problems.length || ''}`);
        problems.forEach((problem) => console.log(`    ${problem}`));
        unsupported.filter((own) => own in SOFT).forEach((own) => console.log(`    ~ ${own} is not simulated: ${SOFT[own]}`));
        if (excuse) {
            console.log(`    known: ${excuse}`);
        }
        if (problems.length === 0 && excuse) {
            console.log('    the exception is needed no more');
        }
        failed += Boolean(excuse) !== problems.length > 0;
        good += problems.length === 0;
        elements += screen.elements;
        taps += screen.tapped;
        left += screen.left_out;
    });
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    console.log(`${library.name}: ${good} of ${names.length} without an error, ${elements} elements, ${taps} taps, ${left} more left out, ${seconds} s`);
    if (good < library.needed) {
        console.error(`${library.name}: ${library.needed} are needed`);
    }
    return failed === 0 && good >= library.needed;
}

const soft = new Set();
const all = [vant, tdesign].filter((library) => wanted.length === 0 || wanted.includes(library.name));
const results = all.map(judge);
const idle = wanted.length === 0 ? Object.keys(SOFT).filter((name) => !soft.has(name)) : [];
if (idle.length > 0) {
    console.error(`simulated by now, to be struck from SOFT: ${idle.join(', ')}`);
}
process.exitCode = idle.length === 0 && results.every(Boolean) ? 0 : 1;
